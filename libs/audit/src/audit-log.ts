import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import type { AuditEntry } from './audit-entry.js';
import { canonicalJson, type CommittedFields, commitmentsOf, newSalts } from './commitment.js';
import { WRITER_ROLE } from './create-audit.migration.js';
import { ENTRY_COLUMNS } from './entry.table.js';
import { sealTerms } from './sealed-terms.js';

export interface AuditLogOptions {
  /** PostgreSQL URL of the audit database. */
  url: string;
  /** 32 bytes; seals what readers typed. Not needed where nobody types. */
  termsKey?: Buffer;
  /** Connections at most. */
  max?: number;
  /** Milliseconds until a write that gets no answer counts as failed. */
  deadline?: number;
}

/** The append-only audit log. It writes as a role that can insert and nothing else. */
export class AuditLog {
  private constructor(
    private readonly pool: Pool,
    private readonly termsKey?: Buffer,
  ) {}

  /** Opens a pool of its own. Nothing is connected yet: a store that is down shows when the first record is written. */
  static async open({ url, termsKey, max = 10, deadline = 5_000 }: AuditLogOptions): Promise<AuditLog> {
    const pool = new Pool({
      connectionString: url,
      max,
      options: `-c role=${WRITER_ROLE} -c synchronous_commit=on`,
      connectionTimeoutMillis: deadline,
      query_timeout: deadline,
      application_name: 'involvement audit',
    });
    // An idle connection that breaks is replaced by the pool; unheard, the event would end the process.
    pool.on('error', () => undefined);
    return new AuditLog(pool, termsKey);
  }

  /** Writes all entries or none, in one transaction, and returns once they are on disk. Throws what the database throws: then nothing may be shown. */
  async record(entries: AuditEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const written = new Map<object, string>();
    const rows = entries.map((entry) => this.rowOf(entry, written));
    const values = [
      ...FIELDS.map((field) => rows.map((row) => row.fields[field])),
      rows.map(({ salts }) => salts),
      rows.map(({ commitments }) => commitments),
    ];
    await this.pool.query({ name: 'record-audit', text: INSERT, values });
  }

  /** Throws when no record could be written now. */
  async look(): Promise<void> {
    await this.pool.query('SELECT 1');
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private rowOf(entry: AuditEntry, written: Map<object, string>) {
    const id = randomUUID();
    const fields = { ...ABSENT, ...entry, id, terms: this.sealed(entry, id) };
    const salts = newSalts();
    const commitments = commitmentsOf({ ...fields, terms: fields.terms?.toString('base64') ?? null }, salts, written);
    return { fields: asParameters(fields, written), salts, commitments };
  }

  private sealed({ terms }: AuditEntry, id: string): Buffer | null {
    if (terms === undefined || terms === null) return null;
    if (this.termsKey === undefined) throw new Error('this audit log was opened without a key for typed terms');
    return sealTerms(this.termsKey, terms, id);
  }
}

const ABSENT = {
  reader: null,
  role: null,
  team: null,
  person: null,
  subjects: [],
  reason: null,
  reference: null,
  shown: null,
  freshness: null,
  generation: null,
};

/** JSON and arrays travel as text: an array of arrays would be flattened. */
function asParameters(fields: CommittedFields, written: Map<object, string>): CommittedFields {
  const json = (value: unknown) => (value === null ? null : canonicalJson(value, written));
  const subjects = `{${(fields.subjects as string[]).join()}}`;
  return { ...fields, subjects, shown: json(fields.shown), freshness: json(fields.freshness) };
}

const FIELDS = Object.keys(ENTRY_COLUMNS) as (keyof CommittedFields)[];
const parameterType = (type: string) => (type === 'uuid[]' || type === 'jsonb' ? 'text' : type);
const INSERT = `
  INSERT INTO audit.entry (${FIELDS.map((field) => ENTRY_COLUMNS[field].column).join()}, salts, commitments, format)
  SELECT ${FIELDS.map((field) => `${ENTRY_COLUMNS[field].column}::${ENTRY_COLUMNS[field].type}`).join()}, salts, commitments, 1
  FROM unnest(${FIELDS.map((field, at) => `$${at + 1}::${parameterType(ENTRY_COLUMNS[field].type)}[]`).join()},
              $${FIELDS.length + 1}::bytea[], $${FIELDS.length + 2}::bytea[])
       AS given(${FIELDS.map((field) => ENTRY_COLUMNS[field].column).join()}, salts, commitments)`;
