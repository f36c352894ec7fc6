import { hkdfSync } from 'node:crypto';
import { Pool } from 'pg';
import type { AuditEntry } from './audit-entry.js';
import { WRITER_ROLE } from './create-audit.migration.js';
import { insertDrained, insertEntries } from './insert-entries.js';
import { InsertTogether } from './insert-together.js';
import { type PreparedEntry, prepareEntry } from './prepare-entries.js';
import { type Drained, drainSpool, isRefusal } from './spool/drain-spool.js';
import { Spool, type SpoolState } from './spool/spool.js';
import { recordOf } from './spool/spool-record.js';

export interface AuditLogOptions {
  /** PostgreSQL URL of the audit database. */
  url: string;
  /** 32 bytes; seals what readers typed, and the spool. Not needed where nobody types and nothing is spooled. */
  termsKey?: Buffer;
  /** Connections at most. */
  max?: number;
  /** Milliseconds until a write that gets no answer counts as failed: 5,000, or 2,000 where there is a spool to turn to. */
  deadline?: number;
  /** The second sink, on a disk of this machine: takes records while the database can't, and gives them to it later. */
  spoolFolder?: string;
  /** Milliseconds between two attempts to reach the database again. */
  drainEvery?: number;
  /** Told of every drain that moved or kept aside something, and of every loss and return of the database. */
  onEvent?(event: AuditLogEvent): void;
}

export type AuditLogEvent = { kind: 'database-away'; error: unknown } | { kind: 'database-back' } | ({ kind: 'drained' } & Drained);

export interface AuditLogState {
  databaseAway: boolean;
  /** Null where there is no spool. */
  spool: SpoolState | null;
  /** Requests recorded so far, by the sink that acknowledged them. */
  recorded: { database: number; spool: number };
}

/** Neither sink has taken a record. */
export class NoSinkError extends Error {
  readonly code = 'no-sink';
  readonly retriable = true;
  override readonly name = 'NoSinkError';
}

/** The append-only audit log. It writes as a role that can insert and nothing else. One sink that has it on disk is enough; none means: not recorded. */
export class AuditLog {
  private away = false;
  private readonly recorded = { database: 0, spool: 0 };
  private draining: Promise<Drained> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private spoolError: unknown;

  private readonly together: InsertTogether;

  private constructor(
    private readonly pool: Pool,
    private readonly spool: Spool | null,
    private readonly o: AuditLogOptions,
  ) {
    this.together = new InsertTogether((looks) => insertEntries(pool, looks));
    if (spool) this.timer = setInterval(() => void this.tryDatabase(), o.drainEvery ?? 1_000).unref();
  }

  /** Opens a pool of its own. Nothing is connected yet: a store that is down shows when the first record is written. @throws when the spool's folder can't be used */
  static async open(o: AuditLogOptions): Promise<AuditLog> {
    if (o.spoolFolder !== undefined && o.termsKey === undefined) throw new Error('an audit log with a spool needs a key to seal it');
    const spool = o.spoolFolder === undefined ? null : await Spool.open({ folder: o.spoolFolder });
    const deadline = o.deadline ?? (spool ? 2_000 : 5_000);
    const pool = new Pool({
      connectionString: o.url,
      max: o.max ?? 10,
      options: `-c role=${WRITER_ROLE} -c synchronous_commit=on`,
      connectionTimeoutMillis: deadline,
      query_timeout: deadline,
      application_name: 'involvement audit',
    });
    // An idle connection that breaks is replaced by the pool; unheard, the event would end the process.
    pool.on('error', () => undefined);
    return new AuditLog(pool, spool, o);
  }

  /**
   * Writes all entries or none, and returns once they are on disk: in the database, or where that fails in the spool. An entry has its id before
   * either is asked, so that both may have it and it is one entry all the same. Throws when neither has: then nothing may be shown.
   */
  async record(entries: AuditEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const written = new Map<object, string>();
    const prepared = entries.map((entry) => prepareEntry(entry, this.o.termsKey, written));
    if (this.spool === null) return this.toDatabase(prepared, written);
    if (this.away && (await this.toSpool(prepared))) return;
    try {
      await this.toDatabase(prepared, written);
    } catch (error) {
      if (isRefusal(error)) throw error;
      this.lostDatabase(error);
      if (await this.toSpool(prepared)) return;
      throw new NoSinkError(`neither the audit database nor the spool (${codeOf(this.spoolError)}) took a record`, { cause: error });
    }
  }

  /** Throws when no record could be written now. */
  async look(): Promise<void> {
    try {
      await this.pool.query('SELECT 1');
    } catch (error) {
      if (this.spool === null) throw error;
      await this.spool.look();
    }
  }

  get state(): AuditLogState {
    return { databaseAway: this.away, spool: this.spool?.state ?? null, recorded: { ...this.recorded } };
  }

  /** Brings what is spooled into the database now. It happens by itself as well. @throws what the database throws while it is away */
  async drain(): Promise<Drained> {
    const { spool } = this;
    if (spool === null) return { records: 0, entries: 0, torn: 0, damaged: 0, refused: 0 };
    this.draining ??= drainSpool({
      spool,
      key: spoolKey(this.o.termsKey!),
      insert: (entries) => insertDrained(this.pool, entries, Date.now()),
    }).finally(() => (this.draining = undefined));
    return this.draining;
  }

  /** What is still spooled stays there, and is drained by the next life. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    this.timer = undefined;
    await this.draining?.catch(() => undefined);
    await this.spool?.close();
    await this.pool.end();
  }

  private async toDatabase(entries: readonly PreparedEntry[], written: Map<object, string>): Promise<void> {
    await this.together.record({ entries, written });
    this.recorded.database += 1;
  }

  private async toSpool(prepared: readonly PreparedEntry[]): Promise<boolean> {
    try {
      await this.spool!.append(recordOf(prepared, spoolKey(this.o.termsKey!)));
      this.recorded.spool += 1;
      return true;
    } catch (error) {
      this.spoolError = error;
      return false;
    }
  }

  private lostDatabase(error: unknown): void {
    if (this.away) return;
    this.away = true;
    this.o.onEvent?.({ kind: 'database-away', error });
  }

  /** Readers don't wait for a database that is away: only this looks whether it is back. */
  private async tryDatabase(): Promise<void> {
    if (this.draining || !(this.away || this.spool!.state.oldestAt !== null)) return;
    try {
      const drained = await this.drain();
      if (drained.records + drained.torn + drained.damaged + drained.refused > 0) this.o.onEvent?.({ kind: 'drained', ...drained });
      else await this.pool.query('SELECT 1');
      if (!this.away) return;
      this.away = false;
      this.o.onEvent?.({ kind: 'database-back' });
    } catch (error) {
      if (this.timer) this.lostDatabase(error);
    }
  }
}

/** Apart from the key of typed terms, so that no two purposes share one. */
const spoolKey = (termsKey: Buffer): Buffer => Buffer.from(hkdfSync('sha256', termsKey, '', 'involvement-index audit spool', 32));

const codeOf = (error: unknown): string =>
  (error as NodeJS.ErrnoException | undefined)?.code ?? (error instanceof Error ? error.message : 'unknown');
