import { addDays, addYears, type Day, later } from '../days.js';
import type { Random } from '../random.js';
import { type Address, somewhere } from './address.js';
import type { Home } from './person.js';

/** The places one household has lived in, in order. */
export type Household = readonly Home[];

/** A household that has moved up to three times. */
export function householdOf(chance: Random, today: Day): Household {
  const moves = chance.weighted([
    [0, 40],
    [1, 35],
    [2, 18],
    [3, 7],
  ]);
  let to: Day | null = null;
  let until = today;
  const homes: Home[] = [];
  for (let i = 0; i <= moves; i++) {
    const from = addDays(until, -chance.int(i === moves ? 1200 : 100, i === moves ? 6000 : 1800));
    homes.unshift({ ...somewhere(chance), from, to, kind: 'home', confidential: false });
    [to, until] = [from, from];
  }
  return homes;
}

/** Where somebody of the household has lived since birth. */
export const homesSince = (born: Day, household: Household): Home[] =>
  household.filter((home) => home.to === null || home.to > born).map((home) => ({ ...home, from: later(home.from, born) }));

/** The same homes, then a new one since a recent day: a placement, a refuge. */
export function movedTo(homes: readonly Home[], place: Address, since: Day, kind: Home['kind'], confidential: boolean): Home[] {
  const before = homes
    .filter((home) => home.from < since)
    .map((home) => (home.to === null || home.to > since ? { ...home, to: since } : home));
  return [...before, { ...place, from: since, to: null, kind, confidential }];
}

/** Some day in the last so many years. */
export const recently = (chance: Random, today: Day, years: number): Day => addYears(today, -chance.next() * years);
