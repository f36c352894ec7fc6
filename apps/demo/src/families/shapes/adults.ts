import { addDays } from '../../days.js';
import { bringUp } from '../children.js';
import type { FamilyInTheMaking } from '../family-in-the-making.js';
import { householdOf } from '../household.js';
import { childrensName, livingTogether } from './couple-with-children.js';

/** A couple or a woman alone with a child on the way, perhaps their second or third. */
export function expecting(make: FamilyInTheMaking): void {
  const { chance, today } = make;
  const household = householdOf(chance, today);
  const { mother, father, married } = livingTogether(make, household, chance.int(18, 38));
  const familyName = childrensName(make, mother, father, married);
  const born = chance.chance(0.65) ? bringUp(make, { mother, father }, household, { familyName, atMost: 3 }) : [];
  for (const child of born) make.mainCarers.set(child, mother);
  make.child(mother, father, addDays(today, chance.int(10, 200)), household, mother.name.family);
  make.need = Math.max(make.need, 0.9);
}

/** Older people: on their own, as a couple, or with a grown child. */
export function olderPeople(make: FamilyInTheMaking): void {
  const { chance, today } = make;
  const household = householdOf(chance, today);
  const age = chance.int(58, 88);
  if (chance.chance(0.5)) {
    const { mother, father } = livingTogether(make, household, age);
    if (chance.chance(0.35))
      make.child(mother, father, make.bornAtAge(Math.max(20, age - chance.int(20, 38))), household, father.name.family);
  } else make.adult(chance.chance(0.6) ? 'female' : 'male', make.bornAtAge(age), household);
}

/** A young adult on their own, care leavers among them. */
export function youngAdult(make: FamilyInTheMaking): void {
  const { chance, today } = make;
  make.adult(chance.chance(0.5) ? 'female' : 'male', make.bornAtAge(chance.int(16, 24)), householdOf(chance, today));
}
