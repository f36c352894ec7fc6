import type { Sight } from './sight.js';

/** What a comparison of two generations found, or a check of people against the log. Its id is its request's. */
export interface Comparison {
  id: string;
  generation: number;
  /** Null: a check against the log. */
  beside: number | null;
  share: number;
  rows: number;
  differences: number;
  /** Milliseconds since 1970. */
  comparedAt: number;
}

const LISTED = `
  id, generation, beside, share::float8 AS share, rows_compared AS rows, differences,
  (extract(epoch FROM compared_at) * 1000)::bigint AS "comparedAt"`;

/** The last comparison of each generation with the live one, and the last check of the live one against the log: what a switch goes by. */
export async function lastComparisons(sight: Sight): Promise<Comparison[]> {
  const { rows } = await sight.query(
    `SELECT DISTINCT ON (beside) ${LISTED} FROM control.comparison WHERE generation = $1 ORDER BY beside, compared_at DESC`,
    [sight.live.id],
  );
  return rows as Comparison[];
}

/** The last comparison of each generation with the one that was live then: of those that are dropped too. */
export async function lastBesideAnyLive(sight: Sight): Promise<Comparison[]> {
  const { rows } = await sight.query(
    `SELECT DISTINCT ON (beside) ${LISTED} FROM control.comparison WHERE beside IS NOT NULL ORDER BY beside, compared_at DESC`,
  );
  return rows as Comparison[];
}

export async function comparisonOf(sight: Sight, id: string): Promise<Comparison | undefined> {
  const { rows } = await sight.query(`SELECT ${LISTED} FROM control.comparison WHERE id = $1`, [id]);
  return (rows as Comparison[])[0];
}

/** One field in which two rows differ: keys and values by a digest of theirs. */
export interface Difference {
  table: string;
  rowKey: string;
  subject: string | null;
  field: string;
  here: string | null;
  there: string | null;
}

export const SHOWN_AT_MOST = 500;

/** The first of the differences that were kept, and how many fields there are in all. */
export async function differencesOf(sight: Sight, id: string): Promise<{ fields: number; shown: Difference[] }> {
  const { rows: counts } = await sight.query('SELECT count(*) AS fields FROM control.difference WHERE comparison = $1', [id]);
  const { rows } = await sight.query(
    `SELECT table_name AS table, row_key AS "rowKey", subject, field, here, there FROM control.difference
     WHERE comparison = $1 ORDER BY table_name, row_key, field LIMIT ${SHOWN_AT_MOST}`,
    [id],
  );
  return { fields: (counts[0] as { fields: number }).fields, shown: rows as Difference[] };
}
