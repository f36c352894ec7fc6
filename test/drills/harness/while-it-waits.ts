import { setTimeout as pause } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { eventually } from '../../support/eventually.js';

const LET_OTHERS_MS = 30;

/**
 * Holds a lock until a certain statement of somebody waits for it, then acts: so moments are made certain that chance would never hit. Whatever
 * else waits for the lock is let through.
 * @param on the database in which they meet
 * @param o.lock the statement that takes the lock @param o.statement how the text of the awaited one begins
 * @param o.by the application_name of whom it must be
 * @param o.commit what was done on the lock's connection is kept
 */
export async function whileItWaits(
  on: { pool: Pick<Pool, 'connect'> },
  o: { lock: string; statement: string; by?: string; within?: number; commit?: true },
  act: (lock: PoolClient) => Promise<unknown>,
): Promise<void> {
  const lock = await on.pool.connect();
  try {
    await lock.query('BEGIN');
    await lock.query(o.lock);
    await eventually(
      `“${o.statement} …” waited for a lock`,
      async () => {
        const waiting = await waitingFor(lock);
        if (waiting.some(({ query, by }) => query.startsWith(o.statement) && (o.by === undefined || by === o.by))) return true;
        if (waiting.length > 0) await letThrough(lock, o.lock);
        return false;
      },
      { within: o.within ?? 60_000 },
    );
    await act(lock);
    await lock.query(o.commit ? 'COMMIT' : 'ROLLBACK');
  } finally {
    lock.release(true);
  }
}

async function waitingFor(lock: PoolClient): Promise<{ query: string; by: string }[]> {
  // Within a transaction, activity is otherwise shown as it was at the first look.
  await lock.query('SELECT pg_stat_clear_snapshot()');
  const { rows } = await lock.query<{ query: string; by: string }>(
    `SELECT regexp_replace(ltrim(query, E' \\n'), '\\s+', ' ', 'g') AS query, application_name AS by FROM pg_stat_activity
     WHERE datname = current_database() AND pg_backend_pid() = ANY (pg_blocking_pids(pid))`,
  );
  return rows;
}

async function letThrough(lock: PoolClient, statement: string): Promise<void> {
  await lock.query('ROLLBACK');
  await pause(LET_OTHERS_MS);
  await lock.query('BEGIN');
  await lock.query(statement);
}

/** Keeps a generation’s own row: its builder can read it, and write nothing there. */
export const rowOf = (id: number) => `SELECT FROM control.generation WHERE id = ${id} FOR UPDATE`;
/** Keeps a table from getting an index, and from nothing else. */
export const indexesOf = (id: number) => `LOCK TABLE read_${id}.involvement IN SHARE UPDATE EXCLUSIVE MODE`;
