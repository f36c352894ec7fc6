import { nextOf } from '../view-person/read-people.js';
import { knownTo } from '../policy/known-to.js';
import { restricts } from '../policy/restricts.js';
import type { Snapshot, Statement } from '../snapshot.js';
import { londonDay } from '../day-words.js';
import type { Harm } from './harm.js';
import type { WaitingPair } from './matcher-door.js';
import type { Pair } from './pair.js';
import { carefulSources } from '../compare-records/careful-sources.js';

/** A pair that this reader may be given, with how it stands in the queue. */
export interface QueuedPair extends WaitingPair {
  harm: Harm;
}

/** What waits for a reader, as far as it was looked through. */
export interface PairsInOrder {
  pairs: QueuedPair[];
  /** More wait behind those that were looked through. */
  more: boolean;
}

/** Of the matcher's list, which knows nothing of harm: beyond them, only the oldest are put in order. */
export const PAIRS_AT_MOST = 20_000;
/** So many are looked through at once: whom it concerns has to be looked up for each. */
const AT_ONCE = 500;
/** It is looked on until so many are found that the reader may see: those that nobody may see never go away, and would stand before all others. */
const ENOUGH = 100;
const TIMES_AT_MOST = 10;

/** Where a queue is read from: tables of one generation, named without a schema. */
export interface Queued extends Pick<Snapshot, 'authority' | 'now'> {
  rows<Row>(statement: Statement, values: unknown[]): Promise<Row[]>;
}

/** Pairs about which stewards have said something since the last ruling. */
export async function spokenOf(snapshot: Snapshot): Promise<Pair[]> {
  return snapshot.rows<Pair>(SPOKEN_OF, []);
}

/**
 * The pairs that wait for this reader, by harm and then by age, which is reckoned from the last ruling where one was taken back. Nothing is there of whoever is restricted, or may be, nor of whom the reader has said to
 * know, nor what they have answered before.
 * @param source of one of the two records; null: all
 */
export async function queueFor(
  from: Queued,
  waiting: readonly WaitingPair[],
  o: { reader: string; source: string | null },
): Promise<PairsInOrder> {
  const { authority, now } = from;
  const day = londonDay(now);
  const adultBefore = `${Number(day.slice(0, 4)) - 18}${day.slice(4)}`;
  const pairs: QueuedPair[] = [];
  for (let time = 0; ; time += 1) {
    const looked = await look(time * AT_ONCE);
    pairs.push(...looked.filter(({ hidden }) => !hidden));
    const more = looked.length === AT_ONCE;
    if (!more || pairs.length >= ENOUGH || time + 1 === TIMES_AT_MOST) return { pairs, more };
  }

  function look(behind: number): Promise<(QueuedPair & { hidden: boolean })[]> {
    return from.rows(QUEUE, [
      o.reader,
      authority.caseManagementSystem,
      waiting.map(({ one }) => one),
      waiting.map(({ other }) => other),
      waiting.map(({ since }) => since),
      carefulSources(authority),
      adultBefore,
      o.source,
      AT_ONCE,
      waiting.map(({ doubted }) => doubted === true),
      behind,
    ]);
  }
}

const SPOKEN_OF: Statement = { name: 'pairs-spoken-of', text: 'SELECT DISTINCT one, other FROM decided.opinion_that_counts LIMIT 5000' };

/** A record that may be shown beside another. One that was replaced speaks through the one that replaced it. */
const there = (r: string) => `${r}.present IS DISTINCT FROM false AND ${r}.details_epoch >= 0 AND ${r}.replaced_by IS NULL`;
const child = (r: string) => `coalesce(${r}.date_of_birth > $7::text OR length(${r}.date_of_birth) < 10 AND ${r}.date_of_birth = left($7::text, length(${r}.date_of_birth)), false)`; // prettier-ignore

const QUEUE: Statement = {
  name: 'pairs-for-steward',
  text: `
    WITH RECURSIVE waiting AS MATERIALIZED (
      SELECT w.one, w.other, greatest(w.since, ruled.at) AS since,
             CASE WHEN w.doubted THEN 'doubted'
                  WHEN (SELECT count(DISTINCT answer) = 2 FROM decided.opinion_that_counts said
                        WHERE said.one = w.one AND said.other = w.other AND answer <> 'cannot-tell') THEN 'disagreed'
                  WHEN a.source = ANY ($6::text[]) OR b.source = ANY ($6::text[]) THEN 'careful'
                  WHEN ${child('a')} OR ${child('b')} THEN 'child'
                  ELSE 'other' END AS harm
      FROM unnest($3::uuid[], $4::uuid[], $5::float8[], $10::boolean[]) w (one, other, since, doubted)
      JOIN record a ON a.subject = w.one
      JOIN record b ON b.subject = w.other
      CROSS JOIN LATERAL (SELECT (extract(epoch FROM max(decided_at)) * 1000)::float8 AS at FROM decided.pair_ruling made
                          WHERE made.one = w.one AND made.other = w.other) ruled
      WHERE ${there('a')} AND ${there('b')} AND ($8::text IS NULL OR $8 IN (a.source, b.source))
        AND NOT EXISTS (SELECT FROM decided.opinion mine WHERE mine.one = w.one AND mine.other = w.other AND mine.steward = $1)
        AND NOT EXISTS (SELECT FROM decided.pair_ruling made WHERE made.one = w.one AND made.other = w.other AND made.handed_over_at IS NULL)),
    first AS MATERIALIZED (
      SELECT *, array_position(ARRAY['doubted', 'disagreed', 'careful', 'child', 'other'], harm) AS rank
      FROM waiting ORDER BY rank, since, one, other LIMIT $9 OFFSET $11::int),
    reached (root, subject) AS (
      SELECT side.subject, side.subject FROM (SELECT one AS subject FROM first UNION SELECT other FROM first) side
      UNION
      SELECT reached.root, next.subject FROM reached, LATERAL (${nextOf('reached')}) next),
    unseen AS MATERIALIZED (
      SELECT r.subject FROM record r
      WHERE r.subject = ANY (ARRAY (SELECT DISTINCT subject FROM reached)) AND (${restricts('r', '$2')} OR ${knownTo('$1', 'r', '$2')})),
    hidden AS MATERIALIZED (SELECT DISTINCT root FROM reached JOIN unseen USING (subject))
    SELECT one, other, since, harm, (one IN (SELECT root FROM hidden) OR other IN (SELECT root FROM hidden)) AS hidden
    FROM first ORDER BY rank, since, one, other`,
};
