import type { Pool } from 'pg';
import { canonicalJson, type CommittedFields } from './commitment.js';
import { ENTRY_COLUMNS } from './entry.table.js';
import type { OneLook } from './insert-together.js';
import type { PreparedEntry } from './prepare-entries.js';

/** Writes entries in one statement, all or none. */
export async function insertEntries(pool: Pool, looks: readonly OneLook[]): Promise<void> {
  await pool.query({ name: 'record-audit', text: INSERT, values: [...valuesOf(looks), 'database', null] });
}

/** Writes entries that came by the spool. One that is there already is left as it is: it was drained before, or the database had taken it after all. */
export async function insertDrained(pool: Pool, entries: readonly PreparedEntry[], drainedAt: number): Promise<void> {
  await pool.query({
    name: 'drain-audit',
    text: `${INSERT} ON CONFLICT DO NOTHING`,
    values: [...valuesOf([{ entries, written: new Map() }]), 'spool', drainedAt],
  });
}

function valuesOf(looks: readonly OneLook[]): unknown[] {
  const rows = looks.flatMap(({ entries, written }) => entries.map(({ fields }) => asParameters(fields, written)));
  const entries = looks.flatMap((look) => look.entries);
  return [
    ...FIELDS.map((field) => rows.map((row) => row[field])),
    entries.map(({ salts }) => salts),
    entries.map(({ commitments }) => commitments),
  ];
}

/** JSON and arrays travel as text: an array of arrays would be flattened. */
function asParameters(fields: CommittedFields, written: Map<object, string>): CommittedFields {
  const json = (value: unknown) => (value === null ? null : canonicalJson(value, written));
  const subjects = `{${(fields.subjects as string[]).join()}}`;
  const terms = fields.terms === null ? null : Buffer.from(fields.terms as string, 'base64');
  return { ...fields, subjects, terms, shown: json(fields.shown), freshness: json(fields.freshness) };
}

const FIELDS = Object.keys(ENTRY_COLUMNS) as (keyof CommittedFields)[];
const parameterType = (type: string) => (type === 'uuid[]' || type === 'jsonb' ? 'text' : type);
const COLUMNS = FIELDS.map((field) => ENTRY_COLUMNS[field].column);
const INSERT = `
  INSERT INTO audit.entry (${COLUMNS.join()}, salts, commitments, format, sink, drained_at)
  SELECT ${FIELDS.map((field) => `${ENTRY_COLUMNS[field].column}::${ENTRY_COLUMNS[field].type}`).join()}, salts, commitments, 1,
         $${FIELDS.length + 3}::text, $${FIELDS.length + 4}::bigint
  FROM unnest(${FIELDS.map((field, at) => `$${at + 1}::${parameterType(ENTRY_COLUMNS[field].type)}[]`).join()},
              $${FIELDS.length + 1}::bytea[], $${FIELDS.length + 2}::bytea[])
       AS given(${COLUMNS.join()}, salts, commitments)`;
