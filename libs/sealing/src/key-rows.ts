import { DatabaseError, type Pool, type QueryResultRow } from 'pg';
import { KeyStoreUnavailableError } from './errors.js';

/** A kept key, or (`wrapped` null) the tombstone of one. */
export interface KeyRow {
  subject: string;
  lookup: Buffer | null;
  wrapped: Buffer | null;
}

/** The statements of the key store. Each is a transaction of its own. */
export class KeyRows {
  constructor(private readonly pool: Pool) {}

  byRecord(lookups: Buffer[]): Promise<KeyRow[]> {
    return this.#query(
      `select subject, lookup, wrapped from data_key where lookup = any($1::bytea[])
       union all
       select subject, lookup, null from tombstone where lookup = any($1::bytea[])`,
      [lookups],
    );
  }

  bySubject(subjects: string[]): Promise<KeyRow[]> {
    return this.#query(
      `select subject, lookup, wrapped from data_key where subject = any($1::uuid[])
       union all
       select subject, lookup, null from tombstone where subject = any($1::uuid[])`,
      [subjects],
    );
  }

  /** Whoever comes second keeps nothing: read back which key won. Rows in the order of their look-ups, so that two batches never deadlock. */
  async insert(rows: { subject: string; lookup: Buffer; wrapped: Buffer }[]): Promise<void> {
    const sorted = rows.toSorted((a, b) => Buffer.compare(a.lookup, b.lookup));
    await this.#query(
      `insert into data_key (subject, lookup, wrapped, made_at)
       select subject, lookup, wrapped, now() from unnest($1::uuid[], $2::bytea[], $3::bytea[]) as made (subject, lookup, wrapped)
       where not exists (select from tombstone where tombstone.lookup = made.lookup)
       on conflict (lookup) do nothing`,
      [sorted.map((row) => row.subject), sorted.map((row) => row.lookup), sorted.map((row) => row.wrapped)],
    );
  }

  /**
   * Destroys the key and leaves a tombstone, also where the key is gone already; one that stands stays as it is. It has no look-up where the record has a
   * tombstone (a key made at the same moment as an erasure), or where the key is gone, and with it whose it was.
   */
  async erase(subject: string): Promise<void> {
    await this.#query(
      `with destroyed as (delete from data_key where subject = $1 returning lookup)
       insert into tombstone (subject, lookup, erased_at)
       select $1, (select lookup from destroyed where not exists (select from tombstone where tombstone.lookup = destroyed.lookup)), now()
       on conflict (subject) do nothing`,
      [subject],
    );
  }

  /** Which of these have neither a key, be it one that can't be unwrapped, nor a tombstone. */
  async gone(subjects: string[]): Promise<string[]> {
    const rows = await this.#query<{ subject: string }>(
      `select subject from unnest($1::uuid[]) as asked (subject)
       where not exists (select from data_key where data_key.subject = asked.subject)
         and not exists (select from tombstone where tombstone.subject = asked.subject)`,
      [subjects],
    );
    return rows.map(({ subject }) => subject);
  }

  /** The tombstone stays for what was sealed before; the record is free to get a new subject. */
  async reinstate(lookup: Buffer): Promise<void> {
    await this.#query('update tombstone set lookup = null where lookup = $1', [lookup]);
  }

  /** A few kept keys; none while there is no table yet. */
  async sample(): Promise<KeyRow[]> {
    const [table] = await this.#query<{ made: boolean }>(`select to_regclass('data_key') is not null as made`, []);
    return table?.made ? this.#query('select subject, lookup, wrapped from data_key limit 10', []) : [];
  }

  async #query<Row extends QueryResultRow = KeyRow>(text: string, values: unknown[]): Promise<Row[]> {
    try {
      return (await this.pool.query<Row>(text, values)).rows;
    } catch (error) {
      throw isOutage(error) ? new KeyStoreUnavailableError({ cause: error }) : error;
    }
  }
}

/** Connection, resources, operator intervention, rollback, and a server that only reads; any other answer of the database is a fault of ours. */
const OUTAGES = /^(08|53|57|40|58|25006)/;
const isOutage = (error: unknown) => !(error instanceof DatabaseError) || OUTAGES.test(error.code ?? '');
