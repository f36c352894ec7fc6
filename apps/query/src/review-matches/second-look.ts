import { createHmac } from 'node:crypto';
import type { Authority } from '../authority.js';
import { carefulSources } from '../compare-records/careful-sources.js';
import type { Pair } from './pair.js';

/** Whether a pair is one of the share that two stewards look at: by a keyed hash, so that nobody can pick which, nor tell beforehand. */
export function isSampled(key: Buffer, { one, other }: Pair, oneIn: number): boolean {
  return createHmac('sha256', key).update(`second look ${one} ${other}`).digest().readUIntBE(0, 6) % oneIn === 0;
}

/** How many stewards have to agree on a pair. @param sources of its two records */
export function stewardsNeeded(authority: Authority, key: Buffer, pair: Pair, sources: readonly string[]): 1 | 2 {
  const careful = carefulSources(authority);
  return sources.some((source) => careful.includes(source)) || isSampled(key, pair, authority.stewards.secondLookOneIn) ? 2 : 1;
}
