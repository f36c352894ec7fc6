import type { Queryable, Table } from '#lib/read-model';

/** A row that is not the same on both sides; a side on which it is not there is null. */
export interface DifferingRow {
  table: string;
  /** Values of the key columns, in their order. */
  key: (string | number)[];
  /** The record it belongs to, as either side says. */
  subject: string | null;
  here: Record<string, unknown> | null;
  there: Record<string, unknown> | null;
}

export interface TableCompared {
  rows: number;
  differing: number;
  /** The first of them. */
  examples: DifferingRow[];
}

export interface TwoSchemas {
  here: string;
  there: string;
}

/** Which rows to compare: of these records (null: of all), and not of those. */
export interface RowChoice {
  only: readonly string[] | null;
  except: readonly string[];
}

const EXAMPLES = 500;

/** Compares one table of two schemas, column by column, in the caller's snapshot. Columns that only one side has are left out. */
export async function compareTable(
  client: Queryable,
  { here, there }: TwoSchemas,
  table: Table,
  choice: RowChoice,
): Promise<TableCompared> {
  const columns = await sharedColumns(client, { here, there }, table.name);
  const keys = Object.keys(table.key);
  const both = (side: 'a' | 'b') => `(${columns.map((column) => `${side}.${column}`).join(', ')})`;
  const hasSubject = columns.includes('subject');
  const chosen = hasSubject
    ? `($1::uuid[] IS NULL OR a.subject = ANY($1) OR b.subject = ANY($1)) AND NOT coalesce(a.subject = ANY($2), false) AND NOT coalesce(b.subject = ANY($2), false)`
    : `$1::uuid[] IS NOT DISTINCT FROM $1 AND $2::uuid[] IS NOT DISTINCT FROM $2`;
  const differs = `(a.${keys[0]} IS NULL OR b.${keys[0]} IS NULL OR ${both('a')} IS DISTINCT FROM ${both('b')})`;
  const joined = `FROM ${here}.${table.name} a FULL JOIN ${there}.${table.name} b USING (${keys.join(', ')}) WHERE ${chosen}`;
  const { rows: counts } = await client.query(
    `SELECT count(*)::bigint AS rows, count(*) FILTER (WHERE ${differs})::bigint AS differing ${joined}`,
    [choice.only, choice.except],
  );
  const { rows, differing } = counts[0] as { rows: number; differing: number };
  if (differing === 0) return { rows, differing, examples: [] };
  const subject = hasSubject ? 'coalesce(a.subject, b.subject)' : 'NULL';
  const { rows: examples } = await client.query(
    `SELECT jsonb_build_array(${keys.join(', ')}) AS key, ${subject} AS subject,
            CASE WHEN a.${keys[0]} IS NOT NULL THEN to_jsonb(a) END AS here, CASE WHEN b.${keys[0]} IS NOT NULL THEN to_jsonb(b) END AS there
     ${joined} AND ${differs} ORDER BY ${keys.join(', ')} LIMIT ${EXAMPLES}`,
    [choice.only, choice.except],
  );
  return { rows, differing, examples: (examples as Omit<DifferingRow, 'table'>[]).map((row) => ({ table: table.name, ...row })) };
}

async function sharedColumns(client: Queryable, { here, there }: TwoSchemas, table: string): Promise<string[]> {
  const { rows } = await client.query(
    `SELECT column_name AS name FROM information_schema.columns WHERE table_schema IN ($1, $2) AND table_name = $3
     GROUP BY column_name HAVING count(*) = 2 ORDER BY min(ordinal_position)`,
    [here, there, table],
  );
  return (rows as { name: string }[]).map(({ name }) => name);
}
