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

/** Every record of which both models know the person. */
const BOTH = `
  SELECT subject, live.person AS l, beside.person AS c
  FROM matcher.record live JOIN matcher.candidate_record beside USING (subject) WHERE live.person IS NOT NULL AND beside.person IS NOT NULL`;

const PEOPLE = `
  WITH cells AS (SELECT l, c, count(*) AS n FROM (${BOTH}) AS both_ways GROUP BY l, c),
  ranked AS (
    SELECT *, count(*) OVER (PARTITION BY l) AS parts, count(*) OVER (PARTITION BY c) AS sources,
      row_number() OVER (PARTITION BY l ORDER BY n DESC, c) AS of_l, row_number() OVER (PARTITION BY c ORDER BY n DESC, l) AS of_c
    FROM cells)
  SELECT coalesce(sum(n), 0)::int AS records, count(DISTINCT l)::int AS now, count(DISTINCT c)::int AS after,
    (count(DISTINCT l) FILTER (WHERE parts > 1))::int AS split, (count(DISTINCT c) FILTER (WHERE sources > 1))::int AS merged,
    coalesce(sum(n) FILTER (WHERE of_l > 1 OR of_c > 1), 0)::int AS moved
  FROM ranked`;

const REVIEWS = (pair: string, record: string) => `
  SELECT count(*)::int AS count FROM ${pair} AS pair
  JOIN ${record} a ON a.subject = pair.one JOIN ${record} b ON b.subject = pair.other
  LEFT JOIN matcher.rule ON rule.one = pair.one AND rule.other = pair.other AND ruling <> 'none'
  WHERE zone = 'review' AND a.person <> b.person AND ruling IS NULL`;

const AGAINST = (pair: string) => `
  SELECT count(*)::int AS count FROM matcher.rule LEFT JOIN ${pair} AS pair USING (one, other)
  WHERE (ruling = 'together' AND zone IS DISTINCT FROM 'join') OR (ruling = 'apart' AND zone = 'join')`;

const CHANGED = `
  WITH both_ways AS MATERIALIZED (${BOTH}),
  changed AS (
    SELECT 'lost' AS change, a.subject AS one, b.subject AS other FROM both_ways a JOIN both_ways b ON a.l = b.l
    WHERE a.subject < b.subject AND a.c <> b.c
    UNION ALL
    SELECT 'gained', a.subject, b.subject FROM both_ways a JOIN both_ways b ON a.c = b.c WHERE a.subject < b.subject AND a.l <> b.l)
  SELECT change, one, other,
    CASE WHEN live.one IS NOT NULL THEN jsonb_build_object('zone', live.zone, 'weight', live.weight, 'caps', live.caps) END AS now,
    CASE WHEN beside.one IS NOT NULL THEN jsonb_build_object('zone', beside.zone, 'weight', beside.weight, 'caps', beside.caps) END AS after
  FROM changed LEFT JOIN matcher.pair live USING (one, other) LEFT JOIN matcher.candidate_pair beside USING (one, other)
  ORDER BY change, one, other`;

/** Counts what the candidate decides otherwise, and lists it; all at one instant. */
export async function countModels(client: Client): Promise<{ counts: ModelCounts; pairs: ChangedPair[]; at: Date }> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    const one = async <Row extends object>(text: string) => (await client.query<Row>(text)).rows[0]!;
    const { at } = await one<{ at: Date }>('SELECT now() AS at');
    const count = async (text: string) => (await one<{ count: number }>(text)).count;
    const people = await one<{ records: number; now: number; after: number; split: number; merged: number; moved: number }>(PEOPLE);
    const { rows: pairs } = await client.query<ChangedPair>(CHANGED);
    const { records, now, after, split, merged, moved } = people;
    const counts: ModelCounts = {
      records,
      people: { now, after },
      split,
      merged,
      moved,
      joinsGained: pairs.filter(({ change }) => change === 'gained').length,
      joinsLost: pairs.filter(({ change }) => change === 'lost').length,
      reviews: {
        now: await count(REVIEWS('matcher.pair', 'matcher.record')),
        after: await count(REVIEWS('matcher.candidate_pair', 'matcher.candidate_record')),
      },
      rulingsAgainst: { now: await count(AGAINST('matcher.pair')), after: await count(AGAINST('matcher.candidate_pair')) },
    };
    return { counts, pairs, at };
  } finally {
    await client.query('ROLLBACK');
  }
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
