import { Client } from 'pg';
import { type CommittedFields, FORMAT_1 } from '../commitment.js';
import { ENTRY_COLUMNS } from '../entry.table.js';
import type { ExportedEntry } from './exported-entry.js';

/** A log as it is read: its checkpoints first, then its entries by index, then those that wait to be sealed. */
export type LogPart = { note: string } | { entry: ExportedEntry };

/**
 * The whole audit log as it is at one instant, a thousand entries at a time. Reading it must be on record before.
 * @param url of a role that may read, or that may act as `role`
 */
export async function* readLog(url: string, { role }: { role?: string } = {}): AsyncGenerator<LogPart> {
  const options = role === undefined ? {} : { options: `-c role=${role}` };
  const client = new Client({ connectionString: url, application_name: 'involvement audit verify', ...options });
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    for await (const { note } of rowsOf<{ note: string }>(client, CHECKPOINTS)) yield { note };
    for (const statement of [SEALED, WAITING]) for await (const row of rowsOf<EntryRow>(client, statement)) yield { entry: entryOf(row) };
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

/** An entry as `ENTRY` reads it. */
export type EntryRow = Record<string, unknown> & {
  index: number | null;
  leaf: Buffer | null;
  passed_over: boolean;
  format: number;
  salts: Buffer;
  commitments: Buffer;
  redacted: string[];
  sink: string;
  drained_at: number | null;
};

async function* rowsOf<R extends object>(client: Client, statement: string): AsyncGenerator<R> {
  await client.query(`DECLARE read_log NO SCROLL CURSOR FOR ${statement}`);
  for (;;) {
    const { rows } = await client.query<R>('FETCH 1000 FROM read_log');
    if (rows.length === 0) break;
    yield* rows;
  }
  await client.query('CLOSE read_log');
}

export function entryOf(row: EntryRow): ExportedEntry {
  const value = (field: keyof CommittedFields): unknown => {
    const stored = row[ENTRY_COLUMNS[field].column] ?? null;
    return Buffer.isBuffer(stored) ? stored.toString('base64') : stored;
  };
  return {
    index: row.index,
    leaf: row.leaf?.toString('base64') ?? null,
    ...(row.passed_over && { passedOver: true }),
    format: row.format,
    fields: Object.fromEntries(FORMAT_1.map((field) => [field, value(field)])) as CommittedFields,
    salts: row.salts.toString('base64'),
    commitments: row.commitments.toString('base64'),
    redacted: row.redacted,
    sink: row.sink,
    drainedAt: row.drained_at,
  };
}

const columns = Object.values(ENTRY_COLUMNS).map(({ column, type }) =>
  type === 'bigint' ? `e.${column}::float8 AS ${column}` : `e.${column}`,
);
/** All of an entry (of the table `e`) that its proof needs. */
export const ENTRY = `${columns.join()}, e.format, e.salts, e.commitments, e.redacted, e.sink, e.drained_at::float8 AS drained_at`;
/** Of a tree that was signed again without having grown, the newest. */
const CHECKPOINTS = 'SELECT DISTINCT ON (size, root) note FROM audit.checkpoint ORDER BY size, root, id DESC';
const SEALED = `
  SELECT s.index::float8 AS index, s.leaf, false AS passed_over, ${ENTRY}
  FROM audit.sealed s JOIN audit.entry e USING (seq) ORDER BY s.index`;
const WAITING = `
  SELECT NULL AS index, NULL AS leaf, (e.written_by, e.seq) < (newest.written_by, newest.seq) AS passed_over, ${ENTRY}
  FROM audit.entry e
  LEFT JOIN (SELECT written_by, seq FROM audit.sealed ORDER BY index DESC LIMIT 1) newest ON true
  WHERE NOT EXISTS (SELECT FROM audit.sealed s WHERE s.seq = e.seq)
  ORDER BY e.written_by, e.seq`;
