import { type ClientBase, Pool, types } from 'pg';
import { isBroken, stateError } from './state-error.js';

/** Longer than deciding thinks between two statements. */
const IDLE_WITHIN_MS = 60_000;

/** A connection inside a transaction. */
export type Transaction = Pick<ClientBase, 'query'>;

/** The matcher's state. */
export class State {
  readonly #pool: Pool;

  /**
   * Connects with the first statement. int8 comes back as number: offsets, positions and decision numbers are all safe integers.
   * @param answerWithinMs a network that forgot a connection tells nobody: whoever waits longer for an answer, or a lock, tries again, and the database ends what it still does of it; 0: for ever
   */
  constructor(url: string, onIdleError: (error: Error) => void, answerWithinMs = 0) {
    this.#pool = new Pool({
      connectionString: url,
      max: 6,
      application_name: 'matcher',
      connectionTimeoutMillis: 5_000,
      // While an answer is waited for, whoever is gone is missed within twenty seconds.
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      query_timeout: answerWithinMs,
      // A decision number that was sent must never be given out twice, so a commit is always waited for. A transaction whose connection was forgotten
      // lets go of its locks.
      options: `-c synchronous_commit=on -c statement_timeout=${Math.round(answerWithinMs)} -c idle_in_transaction_session_timeout=${IDLE_WITHIN_MS}`,
      types: { getTypeParser: (oid, format) => (oid === types.builtins.INT8 ? Number : types.getTypeParser(oid, format)) },
    });
    // Without a listener, a database restart would end the process: the pool hears of idle connections, each one in use only for itself.
    this.#pool.on('error', onIdleError);
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** Runs `work` in one transaction: all of it, or nothing. @throws StateUnavailableError (retriable), and whatever else `work` throws as it is */
  async transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect().catch(asStateError);
    const transaction = { query: (...asked: [string]) => client.query(...asked).catch(asStateError) } as Transaction;
    let broken: Error | undefined;
    try {
      await transaction.query('BEGIN');
      const result = await work(transaction);
      await transaction.query('COMMIT');
      return result;
    } catch (error) {
      if (isBroken(error)) broken = error;
      else await client.query('ROLLBACK').catch((failed: Error) => (broken = failed));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}

/** What the database throws, and no other: a plain Error of ours would look like a lost connection, and be tried again for ever. */
function asStateError(error: unknown): never {
  throw stateError(error);
}
