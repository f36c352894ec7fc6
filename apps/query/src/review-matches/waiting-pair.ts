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
  /** Of all that wait for this reader, before those are left out that nobody may see. */
  among: number;
}

/** Of the matcher's list, which knows nothing of harm: beyond them, only the oldest are put in order. */
export const PAIRS_AT_MOST = 20_000;
/** Beyond these the queue is not looked through at once: whom it concerns has to be looked up for each. */
export const LOOKED_THROUGH = 500;

/** Where a queue is read from: tables of one generation, named without a schema. */
export interface Queued extends Pick<Snapshot, 'authority' | 'now'> {
  rows<Row>(statement: Statement, values: unknown[]): Promise<Row[]>;
}

/** Pairs about which stewards have said something since the last ruling. */
export async function spokenOf(snapshot: Snapshot): Promise<Pair[]> {
  return snapshot.rows<Pair>(SPOKEN_OF, []);
}

/**
 * The pairs that wait for this reader, by harm and then by age. Nothing is there of whoever is restricted, or may be, nor of whom the reader has said to
 * know, nor what they have answered before.
 * @param source of one of the two records; null: all
 */
export async function queueFor(
  from: Queued,
  waiting: readonly WaitingPair[],
  o: { reader: string; source: string | null },
): Promise<QueuedPair[]> {
  const { authority, now } = from;
  const day = londonDay(now);
  const adultBefore = `${Number(day.slice(0, 4)) - 18}${day.slice(4)}`;
  return from.rows<QueuedPair>(QUEUE, [
    o.reader,
    authority.caseManagementSystem,
    waiting.map(({ one }) => one),
    waiting.map(({ other }) => other),
    waiting.map(({ since }) => since),
    carefulSources(authority),
    adultBefore,
    o.source,
    LOOKED_THROUGH,
    waiting.map(({ doubted }) => doubted === true),
  ]);
}

const SPOKEN_OF: Statement = { name: 'pairs-spoken-of', text: 'SELECT DISTINCT one, other FROM decided.opinion_that_counts LIMIT 5000' };

/** A record that may be shown beside another. One that was replaced speaks through the one that replaced it. */
const there = (r: string) => `${r}.present IS DISTINCT FROM false AND ${r}.details_epoch >= 0 AND ${r}.replaced_by IS NULL`;
const child = (r: string) => `coalesce(${r}.date_of_birth > $7::text OR length(${r}.date_of_birth) < 10 AND ${r}.date_of_birth = left($7::text, length(${r}.date_of_birth)), false)`; // prettier-ignore

const QUEUE: Statement = {
  name: 'pairs-for-steward',
  text: `
    WITH RECURSIVE waiting AS MATERIALIZED (
      SELECT w.one, w.other, w.since,
             CASE WHEN w.doubted THEN 'doubted'
                  WHEN (SELECT count(DISTINCT answer) = 2 FROM decided.opinion_that_counts said
                        WHERE said.one = w.one AND said.other = w.other AND answer <> 'cannot-tell') THEN 'disagreed'
                  WHEN a.source = ANY ($6::text[]) OR b.source = ANY ($6::text[]) THEN 'careful'
                  WHEN ${child('a')} OR ${child('b')} THEN 'child'
                  ELSE 'other' END AS harm
      FROM unnest($3::uuid[], $4::uuid[], $5::float8[], $10::boolean[]) w (one, other, since, doubted)
      JOIN record a ON a.subject = w.one
      JOIN record b ON b.subject = w.other
      WHERE ${there('a')} AND ${there('b')} AND ($8::text IS NULL OR $8 IN (a.source, b.source))
        AND NOT EXISTS (SELECT FROM decided.opinion mine WHERE mine.one = w.one AND mine.other = w.other AND mine.steward = $1)
        AND NOT EXISTS (SELECT FROM decided.pair_ruling made WHERE made.one = w.one AND made.other = w.other AND made.handed_over_at IS NULL)),
    first AS MATERIALIZED (
      SELECT *, array_position(ARRAY['doubted', 'disagreed', 'careful', 'child', 'other'], harm) AS rank, (count(*) OVER ())::int AS among
      FROM waiting ORDER BY rank, since, one, other LIMIT $9),
    reached (root, subject) AS (
      SELECT side.subject, side.subject FROM (SELECT one AS subject FROM first UNION SELECT other FROM first) side
      UNION
      SELECT reached.root, next.subject FROM reached, LATERAL (${nextOf('reached')}) next),
    unseen AS MATERIALIZED (
      SELECT r.subject FROM record r
      WHERE r.subject = ANY (ARRAY (SELECT DISTINCT subject FROM reached)) AND (${restricts('r', '$2')} OR ${knownTo('$1', 'r', '$2')})),
    hidden AS MATERIALIZED (SELECT DISTINCT root FROM reached JOIN unseen USING (subject))
    SELECT one, other, since, harm, among FROM first
    WHERE NOT one IN (SELECT root FROM hidden) AND NOT other IN (SELECT root FROM hidden)
    ORDER BY rank, since, one, other`,
};
