import { type Comparable, comparePair, type MatchModel } from '#lib/matching';
import type { KeptDetails } from './details.js';
import type { MatchStore, ScoredPair } from './match-store.js';
import type { OpenRecords } from './open-records.js';

/** How records are opened and compared. */
export interface Comparing {
  open: OpenRecords;
  model: MatchModel;
}

/**
 * Compares records with all that share a key with them, and keeps the pairs that are, or may be, one person, in place of those they had.
 * @returns the records that they, or those found to be erased, had a pair with before; and those found to be erased
 */
export async function compareAnew(
  store: MatchStore,
  { open, model }: Comparing,
  subjects: readonly string[],
): Promise<{ left: string[]; erased: string[] }> {
  if (subjects.length === 0) return { left: [], erased: [] };
  const left = await store.dropPairs(subjects);
  const mine = await store.detailsOf(subjects);
  const keys = new Set(mine.flatMap((one) => one.keys));
  const candidates = keys.size === 0 ? [] : await store.sharing([...keys]);
  const pairs = pairsSharing(candidates, new Set(mine.map(({ subject }) => subject)));
  const paired = new Set(pairs.flat());
  const { comparables, erased } = await open(candidates.filter(({ subject }) => paired.has(subject)));
  // They have a pair with nobody any more, found now or kept from before.
  const leftByErased = erased.length === 0 ? [] : await store.dropPairs(erased);
  await store.addPairs(scored(pairs, comparables, model));
  return { left: [...left, ...leftByErased], erased };
}

/** Every pair that shares a key and has one of `these` in it; once, the lesser subject first. */
export function pairsSharing(records: readonly Pick<KeptDetails, 'subject' | 'keys'>[], these: ReadonlySet<string>): [string, string][] {
  const holders = new Map<string, string[]>();
  for (const { subject, keys } of records)
    for (const key of keys) {
      const known = holders.get(key);
      if (known) known.push(subject);
      else holders.set(key, [subject]);
    }
  const partners = new Map<string, Set<string>>();
  for (const sharing of holders.values())
    for (const subject of sharing) {
      if (sharing.length === 1 || !these.has(subject)) continue;
      const met = partners.get(subject) ?? new Set();
      partners.set(subject, met);
      for (const other of sharing) if (other !== subject && !partners.get(other)?.has(subject)) met.add(other);
    }
  return [...partners].flatMap(([one, others]) =>
    [...others].map((other): [string, string] => (one < other ? [one, other] : [other, one])),
  );
}

function scored(pairs: readonly [string, string][], comparables: ReadonlyMap<string, Comparable>, model: MatchModel): ScoredPair[] {
  return pairs.flatMap(([one, other]) => {
    const [a, b] = [comparables.get(one), comparables.get(other)];
    if (!a || !b) return [];
    const { weight, zone, caps } = comparePair(a, b, model);
    return zone === 'apart' ? [] : [{ one, other, pair: { weight, zone, caps } }];
  });
}
