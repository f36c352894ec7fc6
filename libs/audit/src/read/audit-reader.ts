import { type ClientBase, Pool } from 'pg';
import { type LogPart, readLog } from '../verify/read-log.js';
import { READER_ROLE, REVIEWER_ROLE } from './read-audit.migration.js';

/** What statements about the audit are run on. */
export type AuditSight = Pick<ClientBase, 'query'>;

export interface AuditReaderOptions {
  /** PostgreSQL URL of the audit database, of a user who may act as its reader and reviewer; best one that may do nothing else. */
  url: string;
  /** Connections at most. */
  max?: number;
  onIdleError?(error: Error): void;
}

/** A log of years is read within this, or not at all. Milliseconds. */
const LONGEST = 60_000;

/**
 * Reads the audit log, as a role that can write nothing; what was found unusual in it is added as another. Whoever reads must put on record
 * that they did. Nothing is connected until something is read.
 */
export class AuditReader {
  private readonly pool: Pool;

  constructor(private readonly o: AuditReaderOptions) {
    this.pool = new Pool({
      connectionString: o.url,
      max: o.max ?? 3,
      options: `-c role=${READER_ROLE} -c statement_timeout=${LONGEST} -c jit=off`,
      connectionTimeoutMillis: 5_000,
      application_name: 'involvement audit pages',
    });
    this.pool.on('error', (error) => o.onIdleError?.(error));
  }

  /** Reads in one snapshot. */
  read<Result>(work: (sight: AuditSight) => Promise<Result>): Promise<Result> {
    return this.transaction('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', work);
  }

  /** Adds findings or verdicts. */
  review<Result>(work: (sight: AuditSight) => Promise<Result>): Promise<Result> {
    return this.transaction(`BEGIN; SET LOCAL ROLE ${REVIEWER_ROLE}`, work);
  }

  /** The whole log with all that proves it. */
  log(): AsyncGenerator<LogPart> {
    return readLog(this.o.url, { role: READER_ROLE });
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private async transaction<Result>(begin: string, work: (sight: AuditSight) => Promise<Result>): Promise<Result> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      await client.query(begin);
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      broken = error instanceof Error ? error : new Error('something that is no Error was thrown');
      throw error;
    } finally {
      client.release(broken);
    }
  }
}
