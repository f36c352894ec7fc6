import { isFullDate } from './birth-date.js';
import type { Comparable } from './comparable.js';
import { yearOfUpn } from './upn.js';

/** Nobody younger is given a pupil number, at a nursery's door. */
const YOUNGEST = 2;
/** Two years more than twelve, which part generations: a parent of the youngest pupil is older than that when the number is given out. */
const YOUNGER_THAN_A_PARENT = 14;

/**
 * Whether one record has no date of birth but a pupil number, and the other the birthday of somebody who was of an age for it in the year it was
 * given out: then they are no parent and child of one name. Symmetric.
 */
export const pupilNumberFits = (a: Comparable, b: Comparable): boolean => fits(a, b) || fits(b, a);

function fits({ born, upn }: Comparable, other: Comparable): boolean {
  if (born !== null || upn.length === 0 || !isFullDate(other.born)) return false;
  const bornIn = Number(other.born.slice(0, 4));
  return upn.map((number) => yearOfUpn(number) - bornIn).every((age) => age >= YOUNGEST && age < YOUNGER_THAN_A_PARENT);
}
