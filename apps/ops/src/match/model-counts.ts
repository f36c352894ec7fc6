import type { Client } from 'pg';

/** What changes with a model, in counts alone. */
export interface ModelCounts {
  records: number;
  people: Ways;
  split: number;
  merged: number;
  /** Records that would be another person's. */
  moved: number;
  joinsGained: number;
  joinsLost: number;
  /** Pairs for a steward. */
  reviews: Ways;
  /** Rulings by hand that the model alone would have decided otherwise. */
  rulingsAgainst: Ways;
}
/** By the live model, and by the candidate. */
interface Ways {
  now: number;
  after: number;
}

/** Every record of which both models know the person. */
export const BOTH_WAYS = `
  SELECT subject, live.person AS l, beside.person AS c
  FROM matcher.record live JOIN matcher.candidate_record beside USING (subject) WHERE live.person IS NOT NULL AND beside.person IS NOT NULL`;

/** Pairs among so many. */
const among = (n: string) => `sum(${n} * (${n} - 1) / 2)`;

const PEOPLE = `
  cells AS (SELECT l, c, count(*) AS n FROM (${BOTH_WAYS}) AS both_ways GROUP BY l, c),
  ranked AS (
    SELECT *, count(*) OVER (PARTITION BY l) AS parts, count(*) OVER (PARTITION BY c) AS sources,
      row_number() OVER (PARTITION BY l ORDER BY n DESC, c) AS of_l, row_number() OVER (PARTITION BY c ORDER BY n DESC, l) AS of_c
    FROM cells),
  people AS (
    SELECT coalesce(sum(n), 0)::int AS records, count(DISTINCT l)::int AS now, count(DISTINCT c)::int AS after,
      (count(DISTINCT l) FILTER (WHERE parts > 1))::int AS split, (count(DISTINCT c) FILTER (WHERE sources > 1))::int AS merged,
      coalesce(sum(n) FILTER (WHERE of_l > 1 OR of_c > 1), 0)::int AS moved
    FROM ranked),
  joins AS (
    SELECT (SELECT coalesce(${among('n')}, 0)::float8 FROM (SELECT sum(n) AS n FROM cells GROUP BY l) AS now) AS now,
      (SELECT coalesce(${among('n')}, 0)::float8 FROM (SELECT sum(n) AS n FROM cells GROUP BY c) AS after) AS after,
      (SELECT coalesce(${among('n')}, 0)::float8 FROM cells) AS kept)`;

/** Records that stand for themselves, and what was ruled between them: a ruling goes with a replaced record to the one that replaced it. */
const RULINGS = `
  standing AS (SELECT subject, person FROM matcher.record WHERE NOT removed AND NOT erased AND replaced_by IS NULL),
  ruled (one, other, ruling) AS (
    SELECT one, other, ruling FROM matcher.rule WHERE ruling <> 'none'
    UNION
    SELECT coalesce(a.replaced_by, ruled.one), coalesce(b.replaced_by, ruled.other), ruling
    FROM ruled JOIN matcher.record a ON a.subject = ruled.one JOIN matcher.record b ON b.subject = ruled.other
    WHERE a.replaced_by IS NOT NULL OR b.replaced_by IS NOT NULL),
  rulings AS (
    SELECT least(one, other) AS one, greatest(one, other) AS other, ruling
    FROM ruled JOIN standing a ON a.subject = one JOIN standing b ON b.subject = other WHERE one <> other)`;

const reviewsOf = (pair: string, people: string) => `
  SELECT count(*)::int FROM ${pair} AS pair JOIN standing a ON a.subject = pair.one JOIN standing b ON b.subject = pair.other
  JOIN ${people} of_one ON of_one.subject = pair.one JOIN ${people} of_other ON of_other.subject = pair.other
  WHERE zone = 'review' AND of_one.person <> of_other.person
    AND NOT EXISTS (SELECT FROM rulings WHERE rulings.one = pair.one AND rulings.other = pair.other)`;

const rulingsAgainst = (pair: string) => `
  SELECT count(*)::int FROM rulings LEFT JOIN ${pair} AS pair USING (one, other)
  WHERE (ruling = 'together' AND zone IS DISTINCT FROM 'join') OR (ruling = 'apart' AND zone = 'join')`;

const COUNTS = `
  WITH RECURSIVE ${PEOPLE}, ${RULINGS}
  SELECT records, jsonb_build_object('now', people.now, 'after', people.after) AS people, split, merged, moved,
    joins.after - kept AS "joinsGained", joins.now - kept AS "joinsLost",
    jsonb_build_object('now', (${reviewsOf('matcher.pair', 'standing')}),
      'after', (${reviewsOf('matcher.candidate_pair', 'matcher.candidate_record')})) AS reviews,
    jsonb_build_object('now', (${rulingsAgainst('matcher.pair')}), 'after', (${rulingsAgainst('matcher.candidate_pair')})) AS "rulingsAgainst"
  FROM people, joins`;

/** Counts what the candidate decides otherwise, at one instant. */
export async function countModels(client: Client): Promise<ModelCounts> {
  const { rows } = await client.query<ModelCounts>(COUNTS);
  return rows[0]!;
}

/** How many joins can have come or gone with the records that changed since: as many as their people have records, by either model. */
export async function reachOfChanges(client: Client, since: Date): Promise<number> {
  const { rows } = await client.query<{ reach: number }>(
    `WITH changed AS (SELECT subject FROM matcher.candidate_record WHERE changed_at > $1 UNION SELECT subject FROM matcher.candidate_mark)
     SELECT coalesce(sum(
       (SELECT count(*) FROM matcher.record of_now WHERE of_now.person = live.person)
       + (SELECT count(*) FROM matcher.candidate_record of_then WHERE of_then.person = beside.person)), 0)::int AS reach
     FROM changed LEFT JOIN matcher.record live USING (subject) LEFT JOIN matcher.candidate_record beside USING (subject)`,
    [since],
  );
  return rows[0]!.reach;
}
