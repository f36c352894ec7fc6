import { addDays, addYears } from '../../days.js';
import type { Origin } from '../../names/origin.js';
import { ORIGINS } from '../../names/origins.js';
import { bringUp } from '../children.js';
import type { FamilyInTheMaking } from '../family-in-the-making.js';
import { householdOf } from '../household.js';
import type { Person } from '../person.js';
import { childrensName } from './couple-with-children.js';

/** A mother bringing up her children alone; the father lives elsewhere or is not known. */
export function loneParent(make: FamilyInTheMaking): void {
  const { chance, today } = make;
  const household = householdOf(chance, today);
  const mother = make.adult('female', make.bornAtAge(chance.int(18, 46)), household);
  const father = chance.chance(0.6) ? fatherElsewhere(make, mother) : null;
  const children = bringUp(make, { mother, father }, household, { familyName: childrensName(make, mother, father, false) });
  for (const child of children) make.mainCarers.set(child, mother);
}

/** Parents who parted; the father has a child with a new partner, so the children have half-siblings of another name. */
export function fatherWithNewFamily(make: FamilyInTheMaking): void {
  const { chance, today } = make;
  const household = householdOf(chance, today);
  const mother = make.adult('female', make.bornAtAge(chance.int(28, 48)), household);
  const father = fatherElsewhere(make, mother);
  const theirs = bringUp(make, { mother, father }, household, { familyName: mother.name.family, atMost: 3 });
  const second = householdOf(chance, today);
  father.homes = [...second];
  const partner = make.adult('female', addDays(father.born, chance.int(0, 2500)), second, originBeside(make));
  make.couple(partner, father, 'partner');
  const after = addDays(theirs.at(-1)?.born ?? addYears(today, -6), 500);
  const younger = bringUp(make, { mother: partner, father }, second, { familyName: father.name.family, atMost: 2, notBefore: after });
  for (const child of theirs) make.mainCarers.set(child, mother);
  for (const child of younger) make.mainCarers.set(child, partner);
}

/** A mother with children of an earlier father and of the man she lives with. */
export function stepFamily(make: FamilyInTheMaking): void {
  const { chance, today } = make;
  const household = householdOf(chance, today);
  const mother = make.adult('female', make.bornAtAge(chance.int(27, 46)), household);
  const earlier = chance.chance(0.65) ? fatherElsewhere(make, mother) : null;
  const elder = bringUp(make, { mother, father: earlier }, household, { familyName: (earlier ?? mother).name.family, atMost: 2 });
  const partner = make.adult('male', addDays(mother.born, -chance.int(-1800, 3200)), household, originBeside(make));
  make.couple(mother, partner, chance.chance(0.4) ? 'spouse' : 'partner');
  const after = addDays(elder.at(-1)?.born ?? addYears(today, -6), 700);
  const younger = chance.chance(0.7)
    ? bringUp(make, { mother, father: partner }, household, { familyName: partner.name.family, atMost: 2, notBefore: after })
    : [];
  for (const child of [...elder, ...younger]) make.mainCarers.set(child, mother);
}

/** A father who lives somewhere else in Northbridge; sometimes without parental responsibility. */
export function fatherElsewhere(make: FamilyInTheMaking, mother: Person): Person {
  const { chance, today } = make;
  const born = addDays(mother.born, -chance.int(-900, 3000));
  const father = make.adult('male', born, householdOf(chance, today), originBeside(make));
  const married = chance.chance(0.4);
  make.couple(mother, father, married ? 'ex-spouse' : 'ex-partner', addDays(today, -chance.int(100, 2500)));
  if (!married && chance.chance(0.5)) make.notResponsible.add(father);
  return father;
}

/** Mostly the same origin; one in five of another. */
export const originBeside = (make: FamilyInTheMaking): Origin =>
  make.chance.chance(0.2) ? make.chance.weighted(ORIGINS.map((origin) => [origin, origin.share] as const)) : make.origin;
