import type { Queryable } from './generation.js';

/** Any number that is the same in every process: shared by all that fold parked events again or discard them, held alone by a build that gets ready. */
const PARKED_LOCK = 7_401_004;

/**
 * Takes part, for the session of this connection, in letting go of parked events. A generation gets ready either before, and is among those
 * that keep up, or afterwards, and does the same once more by itself. @returns false where one is getting ready
 */
export async function shareParkedLock(client: Queryable): Promise<boolean> {
  const { rows } = await client.query('SELECT pg_try_advisory_lock_shared($1) AS locked', [PARKED_LOCK]);
  return (rows[0] as { locked: boolean }).locked;
}

/** Keeps everybody else, for the session of this connection, from letting go of parked events. @returns false where somebody is at it */
export async function holdParkedLock(client: Queryable): Promise<boolean> {
  const { rows } = await client.query('SELECT pg_try_advisory_lock($1) AS locked', [PARKED_LOCK]);
  return (rows[0] as { locked: boolean }).locked;
}
