import { Client } from 'pg';
import { type CommittedFields, FORMAT_1, SALT_BYTES } from './commitment.js';
import { ENTRY_COLUMNS } from './entry.table.js';
import type { Redactable } from './redactable.js';
import { REDACTOR_ROLE } from './seal/seal-audit.migration.js';
import { REDACT_VERB } from './verify/redactions.js';

/** What an entry that may be redacted is, without what it says. */
export interface RedactableEntry {
  at: number;
  action: string;
  redacted: string[];
}

/** Thrown where no entry has this id, or it is one that records a redaction: those stay. */
export class NotRedactableError extends Error {
  readonly code = 'not-redactable';
  readonly retriable = false;
  override readonly name = 'NotRedactableError';
}

/** @param url of a role that may act as the redactor @throws NotRedactableError */
export const findRedactable = (url: string, id: string): Promise<RedactableEntry> =>
  asRedactor(url, async (client) => (await found(client, id)).entry);

/**
 * Blanks fields of an entry, each with its salt, for good. What was committed to stays, so the tree still proves all the rest. That it is done,
 * by whom and why, must be on record before (`operated`, with `REDACT_VERB`, the entry's id and the fields): the verifier looks for it.
 * @throws NotRedactableError
 */
export async function redactEntry(url: string, { id, fields }: { id: string; fields: readonly Redactable[] }): Promise<void> {
  await asRedactor(url, async (client) => {
    const { salts, entry } = await found(client, id);
    for (const field of fields) salts.fill(0, FORMAT_1.indexOf(field) * SALT_BYTES, (FORMAT_1.indexOf(field) + 1) * SALT_BYTES);
    const blanked = fields.map((field) => `${ENTRY_COLUMNS[field].column} = NULL`);
    const redacted = [...new Set([...entry.redacted, ...fields])];
    await client.query(`UPDATE audit.entry SET ${blanked.join()}, salts = $2, redacted = $3 WHERE id = $1`, [id, salts, redacted]);
  });
  await vacuum(url);
}

async function found(client: Client, id: string): Promise<{ entry: RedactableEntry; salts: Buffer }> {
  const { rows } = await client.query<RedactableEntry & { salts: Buffer; shown: Partial<CommittedFields> & { verb?: unknown } }>(
    'SELECT at::float8 AS at, action, redacted, salts, shown FROM audit.entry WHERE id = $1 FOR UPDATE',
    [id],
  );
  const [row] = rows;
  if (row === undefined) throw new NotRedactableError('no entry has this id');
  const { salts, shown, ...entry } = row;
  if (shown?.verb === REDACT_VERB) throw new NotRedactableError('this entry records a redaction, and stays as it is');
  return { entry, salts };
}

async function asRedactor<T>(url: string, act: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, options: `-c role=${REDACTOR_ROLE}` });
  await client.connect();
  try {
    await client.query('BEGIN');
    const result = await act(client);
    await client.query('COMMIT');
    return result;
  } finally {
    await client.end();
  }
}

/** An update leaves the old row in the table's pages until it is vacuumed. */
async function vacuum(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('VACUUM audit.entry');
  } finally {
    await client.end();
  }
}
