import { DatabaseError, Pool, type PoolClient, type QueryResultRow, types } from 'pg';
import { RetryableError } from '#lib/runtime';
import { migrateDatabase } from './migrate-database.js';

/** Ingest's own database does not answer, or gave up: wait and try again. */
class DatabaseAwayError extends RetryableError {
  constructor(options?: ErrorOptions) {
    super('ingest-database-away', 'ingest’s own database did not answer', options);
  }
}

/** Whatever runs statements: the database, or a connection inside a transaction. */
export interface Queryable {
  query<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
}

/** Ingest's own database: what it remembers of its sources, and files that wait. */
export class Database implements Queryable {
  readonly #pool: Pool;

  private constructor(url: string) {
    this.#pool = new Pool({
      connectionString: url,
      max: 8,
      application_name: 'ingest',
      connectionTimeoutMillis: 3_000,
      // Positions are safe integers.
      types: { getTypeParser: (oid, format) => (oid === types.builtins.INT8 ? Number : types.getTypeParser(oid, format)) },
    });
    this.#pool.on('error', () => undefined); // an idle connection was lost; the next statement opens another
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** Makes its tables, or brings them up to date. @throws when it does not answer */
  static async open(url: string): Promise<Database> {
    await migrateDatabase(url);
    return new Database(url);
  }

  /** @throws RetryableError */
  async query<Row extends QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    return passing(async () => (await this.#pool.query<Row>(text, values)).rows);
  }

  /**
   * Runs the work while nobody else, in any process, holds the same name.
   * @returns undefined where somebody does, and the work was not begun. @throws RetryableError, and whatever the work throws
   */
  async alone<T>(name: string, work: () => Promise<T>): Promise<{ done: T } | undefined> {
    const client = await passing(() => this.#pool.connect());
    let broken: Error | undefined;
    try {
      const [lock] = await passing(() => client.query<{ mine: boolean }>(TRY_LOCK, [name])).then(({ rows }) => rows);
      return lock?.mine ? { done: await work() } : undefined;
    } finally {
      await client.query('SELECT pg_advisory_unlock_all()').catch((error: Error) => (broken = error));
      client.release(broken);
    }
  }

  /** All of it or nothing. @throws RetryableError */
  async transaction<T>(work: (inside: Queryable) => Promise<T>): Promise<T> {
    return passing(async () => {
      const client = await this.#pool.connect();
      let broken: Error | undefined;
      try {
        await client.query('BEGIN');
        const result = await work(inside(client));
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch((failed: Error) => (broken = failed));
        throw error;
      } finally {
        client.release(broken);
      }
    });
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}

const TRY_LOCK = 'SELECT pg_try_advisory_lock(7401, hashtext($1)) AS mine';

const inside = (client: PoolClient): Queryable => ({
  query: async (text, values = []) => (await client.query(text, values)).rows as never,
});

/** Connection, resources, operator intervention, rollback, system, and a server that only reads. */
const OUTAGES = /^(08|53|57|40|58|25006)/;

async function passing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const plain = error instanceof Error && error.name === 'Error' && !('retriable' in error);
    const away = error instanceof DatabaseError ? OUTAGES.test(error.code ?? '') : plain || error instanceof AggregateError;
    throw away ? new DatabaseAwayError({ cause: error }) : error;
  }
}
