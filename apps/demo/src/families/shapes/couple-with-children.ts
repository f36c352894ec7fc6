import { addDays, type Day } from '../../days.js';
import { inFormFor } from '../../names/name-a-person.js';
import { bringUp } from '../children.js';
import type { FamilyInTheMaking } from '../family-in-the-making.js';
import { type Household, householdOf } from '../household.js';
import type { Person } from '../person.js';

/** A mother and a father, married or not, bringing up their children together. */
export function coupleWithChildren(make: FamilyInTheMaking): void {
  const household = householdOf(make.chance, make.today);
  const { mother, father, married } = livingTogether(make, household, make.chance.int(19, 50));
  const children = bringUp(make, { mother, father }, household, { familyName: childrensName(make, mother, father, married) });
  const carer = make.chance.chance(0.85) ? mother : father;
  for (const child of children) make.mainCarers.set(child, carer);
}

/** Two adults who live together; a wife has often taken her husband's name. */
export function livingTogether(
  make: FamilyInTheMaking,
  household: Household,
  age: number,
): { mother: Person; father: Person; married: boolean } {
  const { chance } = make;
  const father = make.adult('male', make.bornAtAge(age + chance.int(-3, 6)), household);
  const mother = make.adult('female', make.bornAtAge(age), household);
  const married = age >= 22 && chance.chance(0.6);
  make.couple(mother, father, married ? 'spouse' : 'partner');
  if (married && chance.chance(0.65)) takeName(mother, father, addDays(make.today, -chance.int(300, 4000)));
  if (!married && chance.chance(0.25)) make.notResponsible.add(father);
  return { mother, father, married };
}

export function takeName(wife: Person, husband: Person, on: Day): void {
  const { custom } = wife.origin;
  if ((custom !== 'inherited' && custom !== 'gendered') || !husband.name.family || wife.name.family === husband.name.family) return;
  wife.formerNames.push({ ...wife.name, until: on });
  wife.name = { ...wife.name, family: inFormFor('female', husband.name.family) };
}

/** The children's family name: the father's, the mother's, or both with a hyphen. */
export function childrensName(make: FamilyInTheMaking, mother: Person, father: Person | null, married: boolean): string | null {
  const hers = mother.formerNames[0]?.family ?? mother.name.family;
  const his = father?.name.family ?? null;
  if (mother.origin.custom !== 'inherited') return his ?? hers;
  if (!his) return hers;
  if (married) return his;
  return make.chance.weighted([
    [his, 55],
    [hers, 30],
    [hers && !`${hers}${his}`.match(/[ -]/) && hers !== his ? `${hers}-${his}` : his, 15],
  ]);
}
