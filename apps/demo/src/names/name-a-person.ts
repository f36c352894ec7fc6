import type { Random } from '../random.js';
import type { Origin } from './origin.js';

/** A name as its bearer would say it. */
export interface Name {
  /** Null for a person with one name only. */
  family: string | null;
  given: string[];
}
export type Sex = 'female' | 'male';

/** Names a person of that origin. `father` and `familyName` are what the parents pass on, where the custom passes anything on. */
export function nameAPerson(
  origin: Origin,
  sex: Sex,
  chance: Random,
  inherited: { father?: Name | undefined; familyName?: string | null | undefined } = {},
): Name {
  const first = chance.pick(origin[sex]);
  const familyName = inherited.familyName ?? chance.pick(origin.family);
  if (origin.custom === 'one-name') return { family: null, given: [first] };
  if (origin.custom === 'patronymic') return fatherAndGrandfather(first, origin, chance, inherited.father);
  if (origin.custom === 'gendered') return { family: inFormFor(sex, familyName), given: [first] };
  if (origin.custom === 'womens-second-name')
    return { family: sex === 'female' ? chance.pick(origin.womensNames!) : familyName, given: [first] };
  return { family: familyName, given: withMiddleName(first, origin, sex, chance) };
}

/** The woman's or the man's form of a Polish adjectival family name; every other name stays as it is. */
export function inFormFor(sex: Sex, familyName: string): string {
  return sex === 'female' ? familyName.replace(/(s|c|dz)ki$/, '$1ka') : familyName.replace(/(s|c|dz)ka$/, '$1ki');
}

function fatherAndGrandfather(first: string, origin: Origin, chance: Random, father: Name | undefined): Name {
  const [fathersName, grandfathersName] = father?.given ?? [];
  return { given: [first, fathersName ?? chance.pick(origin.male)], family: grandfathersName ?? chance.pick(origin.family) };
}

function withMiddleName(first: string, origin: Origin, sex: Sex, chance: Random): string[] {
  const middle = chance.pick(origin[sex]);
  return chance.chance(0.3) && middle !== first && !first.includes(' ') ? [first, middle] : [first];
}
