import type { PoolClient } from 'pg';
import type { ReadModelPool } from '#lib/read-model';

/**
 * Runs work on a connection of its own that ends with the signal: a statement that takes minutes (an index, a comparison) must not keep a
 * process that stops, and goes no further where nobody waits for it. @throws the signal's reason
 */
export async function interruptible<Result>(
  pool: ReadModelPool,
  signal: AbortSignal,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  signal.throwIfAborted();
  const client = await pool.connect();
  const { processID } = client as PoolClient & { processID: number };
  const aborted = Promise.withResolvers<never>();
  const end = () => {
    // PostgreSQL would go on: it notices that nobody listens only when it has something to say.
    pool.query('SELECT pg_terminate_backend($1)', [processID]).catch(() => undefined);
    aborted.reject(signal.reason as Error);
  };
  signal.addEventListener('abort', end);
  try {
    const working = work(client);
    working.catch(() => undefined);
    return await Promise.race([working, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', end);
    client.release(true);
  }
}
