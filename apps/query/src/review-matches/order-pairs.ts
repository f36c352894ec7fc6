import { carefulSources } from '../compare-records/careful-sources.js';
import { silentSources } from '../authority.js';
import { londonDay } from '../day-words.js';
import type { Snapshot, Statement } from '../snapshot.js';
import { ageRuleOf, mayTellAtThatAge } from '../view-person/age-rule.js';
import { type Harm, HARMS } from './harm.js';
import type { WaitingPair } from './matcher-door.js';
import type { Pair } from './pair.js';

/** A pair with how it stands in the queue. */
export interface OrderedPair extends Pair {
  harm: Harm;
  /** Milliseconds since 1970. */
  since: number;
  /** Of its two records. */
  sources: [string, string];
}

/** Where a queue is read from: tables of one generation, named without a schema. */
export interface Queued extends Pick<Snapshot, 'authority' | 'now'> {
  rows<Row>(statement: Statement, values: unknown[]): Promise<Row[]>;
}

/** Pairs about which stewards have said something since the last ruling. */
export const spokenOf = (from: Queued): Promise<Pair[]> => from.rows<Pair>(SPOKEN_OF, []);

/**
 * The pairs by harm and then by age, which is reckoned from the last ruling where one was taken back. Without records that are not there, or nobody's yet. Of a
 * service that readers are told nothing of, or not at this age, nothing is reckoned: its kind and its place would tell which one "a sensitive service" is.
 */
export function orderPairs(from: Queued, waiting: readonly WaitingPair[]): Promise<OrderedPair[]> {
  const { authority, now } = from;
  const day = londonDay(now);
  return from.rows<OrderedPair>(ORDER, [
    waiting.map(({ one }) => one),
    waiting.map(({ other }) => other),
    waiting.map(({ since }) => since),
    waiting.map(({ byReader }) => byReader ?? null),
    carefulSources(authority),
    `${Number(day.slice(0, 4)) - 18}${day.slice(4)}`,
    silentSources(authority),
    authority.caseManagementSystem,
    ...ageRuleOf(authority, now),
  ]);
}

const SPOKEN_OF: Statement = { name: 'pairs-spoken-of', text: 'SELECT DISTINCT one, other FROM decided.opinion_that_counts LIMIT 5000' };

/** SQL: a record that may be shown beside another. One that was replaced speaks through the one that replaced it. */
export const isThere = (r: string): string =>
  `${r}.present IS DISTINCT FROM false AND ${r}.details_epoch >= 0 AND ${r}.replaced_by IS NULL`;
const child = (r: string) => `coalesce(${r}.date_of_birth > $6::text OR length(${r}.date_of_birth) < 10 AND ${r}.date_of_birth = left($6::text, length(${r}.date_of_birth)), false)`; // prettier-ignore

const IN_ORDER = Object.keys(HARMS)
  .map((harm) => `'${harm}'`)
  .join(', ');

/** Whose records are matched with care goes by all that readers are told of them, and is looked up once for each person. */
const ORDER: Statement = {
  name: 'pairs-in-order',
  text: `
    WITH disagreed AS MATERIALIZED (
      SELECT one, other FROM decided.opinion_that_counts WHERE answer <> 'cannot-tell' GROUP BY one, other HAVING count(DISTINCT answer) = 2),
    waits AS MATERIALIZED (
      SELECT w.one, w.other, w.by_reader, greatest(w.since, ruled.at) AS since, ARRAY[x.source, y.source] AS sources,
             of_x.person AS of_one, of_y.person AS of_other, ${child('x')} OR ${child('y')} AS child
      FROM unnest($1::uuid[], $2::uuid[], $3::float8[], $4::text[]) w (one, other, since, by_reader)
      JOIN record x ON x.subject = w.one
      JOIN record y ON y.subject = w.other
      JOIN record_person of_x ON of_x.subject = w.one
      JOIN record_person of_y ON of_y.subject = w.other
      CROSS JOIN LATERAL (SELECT (extract(epoch FROM max(decided_at)) * 1000)::float8 AS at FROM decided.pair_ruling made
                          WHERE made.one = w.one AND made.other = w.other) ruled
      WHERE ${isThere('x')} AND ${isThere('y')}),
    with_care AS MATERIALIZED (
      SELECT DISTINCT held.person FROM record_person held JOIN record r ON r.subject = held.subject
      WHERE held.person = ANY (ARRAY (SELECT of_one FROM waits UNION SELECT of_other FROM waits))
        AND r.source = ANY ($5::text[]) AND NOT r.source = ANY ($7::text[]) AND ${isThere('r')}
        AND ${mayTellAtThatAge('held.person', 'ARRAY[r.source]', '$9', '$10', '$7', '$8')})
    SELECT one, other, since, sources, harm FROM (
      SELECT *, CASE WHEN by_reader IS NOT NULL THEN by_reader
                     WHEN (one, other) IN (SELECT one, other FROM disagreed) THEN 'disagreed'
                     WHEN of_one IN (SELECT person FROM with_care) OR of_other IN (SELECT person FROM with_care) THEN 'careful'
                     WHEN child THEN 'child'
                     ELSE 'other' END AS harm
      FROM waits) by_harm
    ORDER BY array_position(ARRAY[${IN_ORDER}], harm), since, one, other`,
};
