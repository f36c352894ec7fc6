import type { Authority } from '../authority.js';
import { isToldWithCare } from '../compare-records/careful-sources.js';
import type { Snapshot } from '../snapshot.js';
import { type PeopleOfRecords, readPeopleOfRecords } from '../view-person/read-people.js';
import { isCarefulByAnother } from './careful-words.js';
import { doubtedPairs } from './doubted-pair.js';
import { givenTo } from './given-pairs.js';
import type { Harm } from './harm.js';
import { type OrderedPair, orderPairs } from './order-pairs.js';
import type { Pair } from './pair.js';
import { type OwnedRecord, ownedRecord, SENSITIVE } from './record-label.js';
import type { Listed } from './waiting-list.js';

/** A pair as the queue names it: nothing of either person. */
export interface GivenPair {
  pair: Pair;
  harm: Harm;
  since: number;
  labels: string[];
  /** A record beside these two asks for care. */
  carefulByAnother: boolean;
}

/** Which of the pairs a steward wants to see; null: all. */
export interface QueueFilter {
  source: string | null;
  harm: Harm | null;
}

/** So many are looked through at once: as many as a page and a half. */
const AT_ONCE = 30;
/** Those that nobody may see never go away, and would stand before all others. */
const LOOKED_THROUGH_AT_MOST = 5_000;

/** The first pairs of a list that this reader may be given, one more than `enough` where there are so many. Doubts that readers raise are read anew: they come before all. */
export async function givenInOrder(
  snapshot: Snapshot,
  { reader, list, filter }: { reader: string; list: Listed; filter: QueueFilter },
  enough: number,
): Promise<{ pairs: GivenPair[]; looked: 'all' | 'part' }> {
  const raised = await doubtedPairs(snapshot);
  const doubted = raised.length === 0 ? [] : await orderPairs(snapshot, raised);
  const waiting = [...doubted, ...list.pairs.filter(({ harm }) => harm !== 'doubted')].filter((pair) => fits(filter, pair));
  const pairs: GivenPair[] = [];
  for (let at = 0; at < waiting.length; at += AT_ONCE) {
    if (pairs.length > enough || at >= LOOKED_THROUGH_AT_MOST) return { pairs, looked: 'part' };
    const given = await givenTo(snapshot, waiting.slice(at, at + AT_ONCE), reader, list.readAt);
    // Without a filter all that are given are named, and no more than are asked for need be.
    const all = filter.source === null && filter.harm === null;
    pairs.push(...(await named(snapshot, all ? given.slice(0, enough + 1 - pairs.length) : given, filter)));
  }
  return { pairs, looked: 'all' };
}

const fits = ({ source, harm }: QueueFilter, pair: OrderedPair): boolean =>
  (source === null || pair.sources.includes(source)) && (harm === null || pair.harm === harm);

/** A list of one source's, or of one kind, is told whole or not at all: a record that may not be told to be there is not in it. */
async function named(snapshot: Snapshot, given: readonly OrderedPair[], filter: QueueFilter): Promise<GivenPair[]> {
  const { authority } = snapshot;
  const people = await peopleOf(snapshot, given);
  return given.flatMap(({ one, other, since, ...pair }) => {
    const sides = sidesOf(people, { one, other }, authority);
    if (sides === null) return [];
    if (filter.source !== null && !sides.some(({ record, label }) => label !== SENSITIVE && record.source === filter.source)) return [];
    // Nearly always so already: but that an age was reckoned from a record that a reader has doubted since.
    const harm = pair.harm === 'careful' && !sides.some(({ person }) => isToldWithCare(person, authority)) ? 'other' : pair.harm;
    const labels = sides.map(({ label }) => label);
    return filter.harm === null || filter.harm === harm
      ? [{ pair: { one, other }, harm, since, labels, carefulByAnother: isCarefulByAnother(sides, authority) }]
      : [];
  });
}

export const peopleOf = (snapshot: Snapshot, pairs: readonly Pair[]): Promise<PeopleOfRecords> =>
  readPeopleOfRecords(snapshot, [...new Set(pairs.flatMap(({ one, other }) => [one, other]))]);

/** The two records, each with whose it is; null: one of them may not be seen. */
export function sidesOf(people: PeopleOfRecords, { one, other }: Pair, authority: Authority): OwnedRecord[] | null {
  const sides = [one, other].map((subject) => ownedRecord(people, subject, authority)).filter((side) => side !== null);
  return sides.length === 2 ? sides : null;
}

/** Whether the reader may see both records. */
export const maySee = (people: PeopleOfRecords, pair: Pair, authority: Authority): boolean => sidesOf(people, pair, authority) !== null;
