import { Pool } from 'pg';

/** A pool of its own for sessions and kept searches: they change at every sign-in and search, the audit log only grows. */
export function openSessions(url: string): Pool {
  const pool = new Pool({
    connectionString: url,
    max: 5,
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
    application_name: 'involvement sessions',
  });
  // An idle connection that breaks is replaced by the pool; unheard, the event would end the process.
  pool.on('error', () => undefined);
  return pool;
}
