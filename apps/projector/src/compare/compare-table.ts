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
  /** The first of them, not all where they are very many. */
  examples: DifferingRow[];
}

export interface TwoSchemas {
  here: string;
  there: string;
}

/** The most differing rows of a table that are told one by one. */
const TOLD = 2_000;

/**
 * Compares one table of two schemas, column by column, in the caller's snapshot. Columns that only one side has are left out.
 * @param subjects rows of these records alone, where a table's rows belong to records; null: all
 */
export async function compareTable(
  client: Queryable,
  schemas: TwoSchemas,
  table: Table,
  subjects: readonly string[] | null,
): Promise<TableCompared> {
  const { differs, told, hasSubject } = await compared(client, schemas, table);
  const keys = Object.keys(table.key).join(', ');
  const chosen = hasSubject ? '($1::uuid[] IS NULL OR a.subject = ANY($1) OR b.subject = ANY($1))' : '$1::uuid[] IS NOT DISTINCT FROM $1';
  const joined = `FROM ${schemas.here}.${table.name} a FULL JOIN ${schemas.there}.${table.name} b USING (${keys}) WHERE ${chosen}`;
  const { rows: counts } = await client.query(
    `SELECT count(*)::bigint AS rows, count(*) FILTER (WHERE ${differs})::bigint AS differing ${joined}`,
    [subjects],
  );
  const { rows, differing } = counts[0] as { rows: number; differing: number };
  if (differing === 0) return { rows, differing, examples: [] };
  const { rows: examples } = await client.query(`SELECT ${told} ${joined} AND ${differs} ORDER BY ${keys} LIMIT ${TOLD}`, [subjects]);
  return { rows, differing, examples: namedRows(table, examples) };
}

/** Of the rows with these keys, those that differ. @param rowKeys values of the key columns, in their order */
export async function rowsAgain(
  client: Queryable,
  schemas: TwoSchemas,
  table: Table,
  rowKeys: readonly DifferingRow['key'][],
): Promise<DifferingRow[]> {
  const { differs, told } = await compared(client, schemas, table);
  const keys = Object.keys(table.key);
  const given = Object.values(table.key).map((type, at) => `$${at + 1}::${type}[]`);
  const { rows } = await client.query(
    `SELECT ${told} FROM unnest(${given.join(', ')}) AS wanted (${keys.join(', ')})
     LEFT JOIN ${schemas.here}.${table.name} a USING (${keys.join(', ')}) LEFT JOIN ${schemas.there}.${table.name} b USING (${keys.join(', ')})
     WHERE ${differs} AND NOT (a.${keys[0]} IS NULL AND b.${keys[0]} IS NULL)`,
    keys.map((_, at) => rowKeys.map((key) => key[at])),
  );
  return namedRows(table, rows);
}

/** The parts of a statement that joins two sides, `a` and `b`, by their key columns. */
async function compared(client: Queryable, schemas: TwoSchemas, table: Table) {
  const columns = await sharedColumns(client, schemas, table.name);
  const keys = Object.keys(table.key);
  const both = (side: 'a' | 'b') => `(${columns.map((column) => `${side}.${column}`).join(', ')})`;
  const hasSubject = columns.includes('subject');
  return {
    hasSubject,
    differs: `(a.${keys[0]} IS NULL OR b.${keys[0]} IS NULL OR ${both('a')} IS DISTINCT FROM ${both('b')})`,
    told: `jsonb_build_array(${keys.join(', ')}) AS key, ${hasSubject ? 'coalesce(a.subject, b.subject)' : 'NULL'} AS subject,
      CASE WHEN a.${keys[0]} IS NOT NULL THEN to_jsonb(a) END AS here, CASE WHEN b.${keys[0]} IS NOT NULL THEN to_jsonb(b) END AS there`,
  };
}

const namedRows = ({ name }: Table, rows: unknown[]): DifferingRow[] =>
  (rows as Omit<DifferingRow, 'table'>[]).map((row) => ({ table: name, ...row }));

async function sharedColumns(client: Queryable, { here, there }: TwoSchemas, table: string): Promise<string[]> {
  const { rows } = await client.query(
    `SELECT column_name AS name FROM information_schema.columns WHERE table_schema IN ($1, $2) AND table_name = $3
     GROUP BY column_name HAVING count(*) = 2 ORDER BY min(ordinal_position)`,
    [here, there, table],
  );
  return (rows as { name: string }[]).map(({ name }) => name);
}
