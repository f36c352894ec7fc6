import type { PoolClient } from 'pg';
import type { ReadModelPool } from '#lib/read-model';
import { readModelError } from '../errors.js';

/** How often a rule was broken at one field of one event type on one day, and how to fix it, as it was said last. */
export interface FieldRefusals {
  source: string;
  day: string;
  /** Empty: it could not be told which event it was. */
  type: string;
  /** Without places in lists: `/names/-/family`. */
  pointer: string;
  rule: string;
  expected: string;
  fix: string;
  problems: number;
  lastAt: number;
}

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
  fields: readonly FieldRefusals[],
): Promise<boolean> {
  const client = await pool.connect().catch((error: unknown) => {
    throw readModelError(error);
  });
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const taken = await moveCheckpoint(client, step);
    if (taken) {
      await addRefusals(client, refusals);
      await addFields(client, fields);
    }
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

async function addFields(client: PoolClient, fields: readonly FieldRefusals[]): Promise<void> {
  if (fields.length === 0) return;
  await client.query(
    `INSERT INTO control.rejected_field AS held (source, day, type, pointer, rule, expected, fix, problems, last_at)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::bigint[])
       AS given (source, day, type, pointer, rule, expected, fix, problems, last_at) ORDER BY source, day, type, pointer, rule
     ON CONFLICT (source, day, type, pointer, rule) DO UPDATE SET problems = held.problems + excluded.problems,
       expected = excluded.expected, fix = excluded.fix, last_at = greatest(held.last_at, excluded.last_at)`,
    (['source', 'day', 'type', 'pointer', 'rule', 'expected', 'fix', 'problems', 'lastAt'] as const).map((name) =>
      fields.map((field) => field[name]),
    ),
  );
}
