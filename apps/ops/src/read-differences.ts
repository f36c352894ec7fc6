import type { Queryable } from '#lib/read-model';
import { instantWords, tableOf } from './print.js';

/** A field that is not the same on both sides; its values are told by digests. */
export interface Difference {
  table: string;
  row: string;
  subject: string | null;
  field: string;
  here: string | null;
  there: string | null;
}

/** A comparison of two generations, or a check against the log, with what it found. */
export interface Comparison {
  id: string;
  generation: number;
  /** null: the log itself. */
  beside: number | null;
  rows: number;
  differences: number;
  comparedAt: number;
  fields: Difference[];
}

const FIELDS_AT_MOST = 500;

/** The fields one comparison found, the first 500. */
export async function differencesOf(client: Queryable, comparison: string): Promise<Difference[]> {
  const { rows } = await client.query(
    `SELECT table_name AS table, row_key AS row, subject, field, here, there FROM control.difference
     WHERE comparison = $1 ORDER BY table_name, row_key, field LIMIT ${FIELDS_AT_MOST}`,
    [comparison],
  );
  return rows as Difference[];
}

/** Comparisons and checks that found something since an instant, newest first. */
export async function comparisonsWithDifferences(client: Queryable, since: number): Promise<Comparison[]> {
  const { rows } = await client.query(
    `SELECT id, generation, beside, rows_compared AS rows, differences, (extract(epoch FROM compared_at) * 1000)::bigint AS "comparedAt"
     FROM control.comparison WHERE differences > 0 AND compared_at >= to_timestamp($1 / 1000.0) ORDER BY compared_at DESC LIMIT 100`,
    [since],
  );
  const found: Comparison[] = [];
  for (const row of rows as Omit<Comparison, 'fields'>[]) found.push({ ...row, fields: await differencesOf(client, row.id) });
  return found;
}

export const differenceTable = (fields: Difference[]): string =>
  tableOf(fields, {
    table: ({ table }) => table,
    row: ({ row }) => row,
    'subject token': ({ subject }) => subject ?? '',
    field: ({ field }) => field,
    here: ({ here }) => here ?? 'nothing',
    there: ({ there }) => there ?? 'nothing',
  });

/** What was compared with what, in one line. */
export const comparisonWords = ({ generation, beside, rows, differences, comparedAt }: Omit<Comparison, 'id' | 'fields'>): string =>
  `${instantWords(comparedAt)} generation ${generation} and ${beside === null ? 'the log' : `generation ${beside}`}: ${rows} rows, ${differences} differ`;
