import { addYears, later } from '../../days.js';
import { somewhere } from '../address.js';
import { bringUp } from '../children.js';
import type { FamilyInTheMaking } from '../family-in-the-making.js';
import { householdOf, movedTo, recently } from '../household.js';
import type { Person } from '../person.js';
import { livingTogether } from './couple-with-children.js';
import { fatherElsewhere } from './parents-apart.js';

/** A grandmother as special guardian; the mother lives elsewhere. */
export function grandparentCaring(make: FamilyInTheMaking): void {
  const { chance, today } = make;
  const household = householdOf(chance, today);
  const grandmother = make.adult('female', make.bornAtAge(chance.int(48, 70)), household);
  const mother = make.adult(
    'female',
    addYears(grandmother.born, chance.int(18, 26)),
    householdOf(chance, today),
    make.origin,
    grandmother.name.family,
  );
  mother.mother = grandmother;
  const father = chance.chance(0.5) ? fatherElsewhere(make, mother) : null;
  const children = bringUp(make, { mother, father }, household, { familyName: mother.name.family, atMost: 3 });
  for (const child of children) {
    make.mainCarers.set(child, grandmother);
    make.tie(child, grandmother, 'special-guardian', {
      parentalResponsibility: true,
      mainCarer: true,
      startedOn: later(child.born, recently(chance, today, 5)),
    });
  }
  make.need = Math.max(make.need, 0.6);
}

/** Children placed with foster carers: where they live now may be shown nowhere. */
export function fosterHome(make: FamilyInTheMaking): void {
  const { chance, today } = make;
  const carersHome = householdOf(chance, today);
  const { mother: carer, father: partner } = livingTogether(make, carersHome, chance.int(38, 60));
  const birthHome = householdOf(chance, today);
  const mother = make.adult('female', make.bornAtAge(chance.int(20, 42)), birthHome);
  const father = chance.chance(0.5) ? fatherElsewhere(make, mother) : null;
  const children = bringUp(make, { mother, father }, birthHome, { familyName: mother.name.family, atMost: 3 });
  for (const child of children) {
    const since = later(child.born, recently(chance, today, 4));
    child.homes = movedTo(child.homes, carersHome.at(-1)!, since, 'placement', true);
    make.mainCarers.set(child, carer);
    make.tie(child, carer, 'foster-carer', { mainCarer: true, startedOn: since });
    make.tie(child, partner, 'foster-carer', { startedOn: since });
  }
  make.need = 0.95;
}

/** A couple and the child they adopted; their home may not lead back to the family of birth. */
export function adoptiveFamily(make: FamilyInTheMaking): void {
  const { chance, today } = make;
  const household = householdOf(chance, today).map((home) => ({ ...home, confidential: true }));
  const { mother, father } = livingTogether(make, household, chance.int(34, 50));
  for (let i = chance.int(1, 2); i > 0; i--) {
    const child = make.child(null, null, make.bornAtAge(chance.int(1, 14)), household, father.name.family);
    const startedOn = later(child.born, recently(chance, today, 8));
    for (const [parent, mainCarer] of [
      [mother, true],
      [father, false],
    ] as [Person, boolean][])
      make.tie(child, parent, 'adoptive-parent', { parentalResponsibility: true, mainCarer, startedOn });
  }
}

/** A mother and her children who fled to a refuge; the father does not know where. */
export function inRefuge(make: FamilyInTheMaking): void {
  const { chance, today } = make;
  const household = householdOf(chance, today);
  const mother = make.adult('female', make.bornAtAge(chance.int(20, 42)), household);
  const father = make.adult('male', make.bornAtAge(chance.int(22, 48)), household);
  const left = recently(chance, today, 0.6);
  make.couple(mother, father, 'ex-partner', left);
  const children = bringUp(make, { mother, father }, household, { familyName: father.name.family, atMost: 3 });
  const refuge = somewhere(chance);
  for (const person of [mother, ...children]) person.homes = movedTo(person.homes, refuge, later(person.born, left), 'refuge', true);
  for (const child of children) make.mainCarers.set(child, mother);
  make.need = 0.95;
}
