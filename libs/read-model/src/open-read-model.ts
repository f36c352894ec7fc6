import { Pool, types } from 'pg';

export type ReadModelPool = Pool;

/**
 * Opens a pool on the read model. int8 comes back as number: offsets, positions and milliseconds are all safe integers.
 * @param o.max connections at most (default 10).
 * @param o.synchronousCommit false answers a commit before it is on disk. Only for a writer whose rows and offset vanish together.
 * @param o.onIdleError told when an idle connection breaks (the pool replaces it).
 */
export function openReadModel(
  url: string,
  o: { max?: number; synchronousCommit?: boolean; onIdleError?: (error: Error) => void } = {},
): ReadModelPool {
  const pool = new Pool({
    connectionString: url,
    max: o.max ?? 10,
    application_name: 'read-model',
    connectionTimeoutMillis: 5_000,
    types: { getTypeParser: (oid, format) => (oid === types.builtins.INT8 ? Number : types.getTypeParser(oid, format)) },
    ...(o.synchronousCommit === false && { options: '-c synchronous_commit=off' }),
  });
  // Without a listener, a database restart would end the process.
  pool.on('error', (error) => o.onIdleError?.(error));
  return pool;
}
