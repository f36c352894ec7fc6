import { createHmac } from 'node:crypto';
import type { Authority } from '../authority.js';
import { isToldWithCare, type Of } from '../compare-records/careful-sources.js';
import type { Pair } from './pair.js';

/** Whether a pair is one of the share that two stewards look at: by a keyed hash, so that nobody can pick which, nor tell beforehand. */
export function isSampled(key: Buffer, { one, other }: Pair, oneIn: number): boolean {
  return createHmac('sha256', key).update(`second look ${one} ${other}`).digest().readUIntBE(0, 6) % oneIn === 0;
}

/** Everything that is recorded of a person. */
type Whole = Of<'records' | 'doubted' | 'ofOtherAges' | 'silent'>;

/**
 * How many stewards have to agree on a pair. What they join brings all records of both people together, and what they part may part any of them: so all of them count.
 * A record that readers are not told of takes two whatever its service is: else the number would tell which it is not.
 * @param people whose the two records are now
 */
export function stewardsNeeded(authority: Authority, key: Buffer, pair: Pair, people: readonly Whole[]): 1 | 2 {
  const takesTwo = (person: Whole) => person.ofOtherAges.length > 0 || person.silent.length > 0 || isToldWithCare(person, authority);
  return people.some(takesTwo) || isSampled(key, pair, authority.stewards.secondLookOneIn) ? 2 : 1;
}
