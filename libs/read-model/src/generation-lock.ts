import type { Queryable } from './generation.js';

/** Any number that is the same in every process: whoever holds it together with a generation's number builds, switches to or drops that one. */
const GENERATION_LOCK = 7_401_002;

/** Takes a generation for the session of this connection, for a build. @returns false where another process has it. */
export async function lockGeneration(client: Queryable, id: number): Promise<boolean> {
  const { rows } = await client.query('SELECT pg_try_advisory_lock($1, $2) AS locked', [GENERATION_LOCK, id]);
  return (rows[0] as { locked: boolean }).locked;
}

export async function unlockGeneration(client: Queryable, id: number): Promise<void> {
  await client.query('SELECT pg_advisory_unlock($1, $2)', [GENERATION_LOCK, id]);
}

/** Takes a generation for this transaction. @returns false where a build has it. */
export async function lockGenerationForTransaction(client: Queryable, id: number): Promise<boolean> {
  const { rows } = await client.query('SELECT pg_try_advisory_xact_lock($1, $2) AS locked', [GENERATION_LOCK, id]);
  return (rows[0] as { locked: boolean }).locked;
}
