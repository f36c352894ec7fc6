import type { Harm } from './harm.js';
import type { OrderedPair } from './order-pairs.js';

/** How many pairs of a kind wait, and since when the oldest; without those that nobody may see. */
export interface WaitingOfKind {
  harm: Harm;
  pairs: number;
  /** The number is an estimate, to two figures: a single pair that nobody may see never shows in it. */
  about: boolean;
  /** Milliseconds since 1970. */
  since: number;
}

/** So many that may be seen are counted one by one, and looked up at once: whom each pair concerns has to be. */
const COUNTED = 100;
/** And so many are looked through where few of them may be seen. */
const AT_MOST = 5_000;

/**
 * Counts what may be seen: up to a hundred one by one, more by the share of those looked through. Whether it is an estimate goes by what may be seen alone: else one
 * pair more that nobody may see would turn "100" into "about 100".
 * @param given those of some pairs that somebody could be given who has answered nothing and knows nobody
 */
export async function countWaiting(
  ordered: readonly OrderedPair[],
  given: (pairs: OrderedPair[]) => Promise<OrderedPair[]>,
): Promise<WaitingOfKind[]> {
  const counts: WaitingOfKind[] = [];
  for (const [harm, pairs] of Map.groupBy(ordered, (pair) => pair.harm)) {
    let looked = 0;
    const seen: OrderedPair[] = [];
    while (looked < pairs.length && looked < AT_MOST && seen.length <= COUNTED) {
      seen.push(...(await given(pairs.slice(looked, looked + COUNTED))));
      looked = Math.min(looked + COUNTED, pairs.length);
    }
    const about = seen.length > COUNTED || looked < pairs.length;
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
