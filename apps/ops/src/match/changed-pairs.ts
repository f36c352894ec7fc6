import type { Client } from 'pg';
import type { Queryable } from '#lib/read-model';
import { BOTH_WAYS } from './model-counts.js';

/** What one of the models says of a pair; null where it is apart, or was never compared. */
interface Said {
  zone: string;
  weight: number;
  caps: string[];
}

/** Two records that are one person by one of the models alone. */
export interface ChangedPair {
  change: 'gained' | 'lost';
  one: string;
  other: string;
  now: Said | null;
  after: Said | null;
}

/** Joins that come and go between two sources, or within one. */
export interface ChangedBySources {
  sources: [string, string];
  gained: number;
  lost: number;
}

/** Notes the records of all people who would be split or merged in a table of this session, from which the rest is read at leisure. */
export async function noteChanged(client: Client): Promise<void> {
  await client.query(`
    CREATE TEMP TABLE changed_record (subject uuid PRIMARY KEY, l uuid NOT NULL, c uuid NOT NULL, source text COLLATE "C" NOT NULL DEFAULT 'not in the index yet');
    INSERT INTO changed_record (subject, l, c)
    SELECT subject, l, c FROM (
      SELECT *, count(*) OVER (PARTITION BY l) AS now, count(*) OVER (PARTITION BY c) AS after, count(*) OVER (PARTITION BY l, c) AS kept
      FROM (${BOTH_WAYS}) AS both_ways) AS counted
    WHERE now <> kept OR after <> kept;
    ANALYZE changed_record`);
}

const changedBy = (change: 'gained' | 'lost', same: string, other: string) => `
  (SELECT '${change}' AS change, a.subject AS one, b.subject AS other FROM changed_record a JOIN changed_record b ON a.${same} = b.${same}
   WHERE a.subject < b.subject AND a.${other} <> b.${other} ORDER BY 2, 3 LIMIT $1)`;
const said = (by: string) =>
  `CASE WHEN ${by}.one IS NOT NULL THEN jsonb_build_object('zone', ${by}.zone, 'weight', ${by}.weight, 'caps', ${by}.caps) END`;

/** Some of the joins lost, and some of those gained: tokens are random, so the first of them are any of them. @param limit of either */
export async function somePairs(client: Client, limit: number): Promise<ChangedPair[]> {
  const { rows } = await client.query<ChangedPair>(
    `SELECT change, one, other, ${said('live')} AS now, ${said('beside')} AS after
     FROM (${changedBy('lost', 'l', 'c')} UNION ALL ${changedBy('gained', 'c', 'l')}) AS changed
     LEFT JOIN matcher.pair live USING (one, other) LEFT JOIN matcher.candidate_pair beside USING (one, other)
     ORDER BY change DESC, one, other`,
    [limit],
  );
  return rows;
}

const AT_ONCE = 10_000;

/** Notes of which source each of those records is. @param schema of the generation that readers see */
export async function noteSources(client: Client, readModel: Queryable, schema: string): Promise<void> {
  for (let after: string | undefined; ;) {
    const { rows } = await client.query<{ subject: string }>(
      'SELECT subject FROM changed_record WHERE $1::uuid IS NULL OR subject > $1 ORDER BY subject LIMIT $2',
      [after, AT_ONCE],
    );
    if (rows.length === 0) return;
    after = rows.at(-1)!.subject;
    const subjects = rows.map(({ subject }) => subject);
    const found = await readModel.query(`SELECT subject, source FROM ${schema}.record WHERE subject = ANY($1::uuid[])`, [subjects]);
    const known = found.rows as { subject: string; source: string }[];
    await client.query(
      'UPDATE changed_record SET source = given.source FROM unnest($1::uuid[], $2::text[]) AS given(subject, source) WHERE changed_record.subject = given.subject',
      [known.map(({ subject }) => subject), known.map(({ source }) => source)],
    );
  }
}

/** Pairs between the records of two sources that are one person by `same`. */
const pairsBy = (counted: string, same: string, lost: number, gained: number) => `
  SELECT a.source AS one, b.source AS other, pairs * ${lost} AS lost, pairs * ${gained} AS gained
  FROM ${counted} a JOIN ${counted} b USING (${same}),
    LATERAL (SELECT CASE WHEN a.source = b.source THEN a.n * (a.n - 1) / 2 ELSE a.n * b.n END AS pairs) AS these
  WHERE a.source <= b.source`;

/** How many joins come and go, by the sources of their records. Most first. */
export async function changedBySources(client: Client): Promise<ChangedBySources[]> {
  const { rows } = await client.query<ChangedBySources>(`
    WITH kept AS (SELECT l, c, source, count(*) AS n FROM changed_record GROUP BY l, c, source),
    now AS (SELECT l, source, sum(n) AS n FROM kept GROUP BY l, source),
    after AS (SELECT c, source, sum(n) AS n FROM kept GROUP BY c, source)
    SELECT ARRAY[one, other] AS sources, sum(gained)::float8 AS gained, sum(lost)::float8 AS lost
    FROM (${pairsBy('now', 'l', 1, 0)} UNION ALL ${pairsBy('after', 'c', 0, 1)} UNION ALL ${pairsBy('kept', 'l, c', -1, -1)}) AS pairs
    GROUP BY one, other HAVING sum(gained) + sum(lost) > 0 ORDER BY sum(gained) + sum(lost) DESC, one, other`);
  return rows;
}
