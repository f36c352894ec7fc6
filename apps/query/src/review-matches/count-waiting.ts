import { givenTo } from './given-pairs.js';
import type { Harm } from './harm.js';
import type { OrderedPair, Queued } from './order-pairs.js';

/** How many pairs of a kind wait, and since when the oldest; without those that nobody may see. */
export interface WaitingOfKind {
  harm: Harm;
  pairs: number;
  /** The number is an estimate, to two figures: a single pair that nobody may see never shows in it. */
  about: boolean;
  /** Milliseconds since 1970. */
  since: number;
}

/** So many of a kind are looked through: whom each concerns has to be looked up. */
const LOOKED_AT = 100;
/** And so many where none of them may be seen. */
const AT_MOST = 5_000;

/** Counts what somebody could be given who has answered nothing and knows nobody. Few are counted one by one, many by the share of the first that may be seen. */
export async function countWaiting(from: Queued, ordered: readonly OrderedPair[], listedAt: number): Promise<WaitingOfKind[]> {
  const counts: WaitingOfKind[] = [];
  for (const [harm, pairs] of Map.groupBy(ordered, (pair) => pair.harm)) {
    let looked = 0;
    const seen: OrderedPair[] = [];
    while (looked < pairs.length && looked < AT_MOST && (looked === 0 || seen.length === 0)) {
      seen.push(...(await givenTo(from, pairs.slice(looked, looked + LOOKED_AT), '', listedAt)));
      looked = Math.min(looked + LOOKED_AT, pairs.length);
    }
    const about = looked < pairs.length;
    const number = about ? twoFigures((pairs.length * seen.length) / looked) : seen.length;
    if (seen.length > 0) counts.push({ harm, pairs: number, about, since: seen[0]!.since });
  }
  return counts;
}

/** 1,234 as 1,200. */
export function twoFigures(number: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, number))) - 1);
  return Math.round(number / step) * step;
}
