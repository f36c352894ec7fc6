import type { PoolClient } from 'pg';
import type { ReadModelPool } from '#lib/read-model';
import { readModelError } from '../errors.js';

/** Refusals of one source on one day under one rule. */
export interface Refusals {
  source: string;
  day: string;
  code: string;
  events: number;
}

/**
 * Adds refusals to what is counted and moves the checkpoint of their partition, in one transaction: so each is counted once.
 * @returns false where the checkpoint stands elsewhere; nothing is counted then
 */
export async function takeRejections(
  pool: ReadModelPool,
  step: { partition: number; from: number; to: number; lastEventId: string },
  refusals: readonly Refusals[],
): Promise<boolean> {
  const client = await pool.connect().catch((error: unknown) => {
    throw readModelError(error);
  });
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const taken = await moveCheckpoint(client, step);
    if (taken) await addRefusals(client, refusals);
    await client.query(taken ? 'COMMIT' : 'ROLLBACK');
    return taken;
  } catch (error) {
    await client.query('ROLLBACK').catch((rollback: Error) => (broken = rollback));
    throw readModelError(error);
  } finally {
    client.release(broken);
  }
}

async function moveCheckpoint(
  client: PoolClient,
  o: { partition: number; from: number; to: number; lastEventId: string },
): Promise<boolean> {
  const { rowCount } = await client.query(
    'UPDATE control.rejected_checkpoint SET next_offset = $3, last_event_id = $4 WHERE partition = $1 AND next_offset = $2',
    [o.partition, o.from, o.to, o.lastEventId],
  );
  return rowCount === 1;
}

async function addRefusals(client: PoolClient, refusals: readonly Refusals[]): Promise<void> {
  await client.query(
    `INSERT INTO control.rejected AS held (source, day, code, events)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) AS given (source, day, code, events) ORDER BY source, day, code
     ON CONFLICT (source, day, code) DO UPDATE SET events = held.events + excluded.events`,
    [
      refusals.map(({ source }) => source),
      refusals.map(({ day }) => day),
      refusals.map(({ code }) => code),
      refusals.map(({ events }) => events),
    ],
  );
}
