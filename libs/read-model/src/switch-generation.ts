import type { PoolClient } from 'pg';
import { liveGeneration, type Queryable } from './generation.js';
import { lockGenerationForTransaction } from './generation-lock.js';
import { isKeptUp } from './kept-up.js';
import { generationNumbered, type ListedGeneration, WrongGenerationError } from './generations.js';
import type { ReadModelPool } from './open-read-model.js';

/** A switch would show readers something that nobody has looked at, or something old. */
export class SwitchRefusedError extends Error {
  readonly retriable = false;
  override readonly name = 'SwitchRefusedError';
  constructor(
    readonly code: 'not-compared' | 'differences' | 'behind' | 'not-kept-up',
    message: string,
  ) {
    super(message);
  }
}

/** Events by which the generation to show may be behind the live one: about what is under way in a second. */
const BEHIND_AT_MOST = 2_000;

/**
 * Lets readers see another generation from the next answer on: one small transaction. A generation that was live before may come back as it is;
 * a new one must have been compared with the live one and found the same, unless somebody answers for it.
 * @param o.approved why differences (or no comparison) are accepted
 * @param o.dryRun only finds out whether it would be refused
 * @throws WrongGenerationError, SwitchRefusedError
 */
export async function switchGeneration(
  pool: ReadModelPool,
  o: { to: number; approved?: string; dryRun?: boolean },
): Promise<{ from: number; to: number }> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    // Nobody switches meanwhile.
    await client.query('LOCK TABLE control.generation IN SHARE ROW EXCLUSIVE MODE');
    const live = await liveGeneration(client);
    const next = await generationNumbered(client, o.to);
    await refuseUnlessSeen(client, live, next, o.approved);
    await client.query(`UPDATE control.generation SET state = 'retired', retired_at = now() WHERE state = 'live'`);
    await client.query(`UPDATE control.generation SET state = 'live', switched_at = now() WHERE id = $1`, [o.to]);
    await client.query(o.dryRun ? 'ROLLBACK' : 'COMMIT');
    return { from: live.id, to: o.to };
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function refuseUnlessSeen(
  client: PoolClient,
  live: { id: number; schema: string },
  next: ListedGeneration,
  approved: string | undefined,
): Promise<void> {
  if (next.id === live.id) throw new WrongGenerationError(`Generation ${next.id} is live already.`);
  if (!(await lockGenerationForTransaction(client, next.id)) || next.state === 'building')
    throw new WrongGenerationError(`Generation ${next.id} is being built. Wait until it is ready.`);
  if (next.state !== 'ready' && next.state !== 'retired') throw new WrongGenerationError(`Generation ${next.id} was dropped.`);
  const behind = await eventsBehind(client, live.schema, next.schema);
  if (behind > BEHIND_AT_MOST)
    throw new SwitchRefusedError('behind', `Generation ${next.id} is ${behind} events behind the live one; ${BEHIND_AT_MOST} are allowed.`);
  if (approved) return;
  const unproven = next.state === 'ready' ? await whyUnproven(client, live.id, next.id) : undefined;
  if (unproven) throw unproven;
  if ((await isKeptUp(client, live.id)) && !(await isKeptUp(client, next.id)))
    throw new SwitchRefusedError(
      'not-kept-up',
      `No projector keeps up generation ${next.id}: readers would see it grow old. One that has just become ready is taken up within seconds; otherwise start projectors of fold version ${next.foldVersion}, or approve with a reason.`,
    );
}

/**
 * Why a generation is not known to be the same as the live one. The newest comparison that looked at something counts, and any that looked at
 * a greater share counts as well: a small share without differences does not undo a whole in which there were some.
 */
export async function whyUnproven(client: Queryable, live: number, next: number): Promise<SwitchRefusedError | undefined> {
  const { rows } = await client.query(
    `SELECT share, differences, undecided FROM control.comparison
     WHERE generation = $1 AND beside = $2 AND (share = 1 OR rows_compared > 0) ORDER BY compared_at DESC`,
    [live, next],
  );
  const compared = rows as { share: number; differences: number; undecided: number }[];
  let seen = 0;
  for (const { share, differences, undecided } of compared) {
    if (share <= seen) continue;
    seen = share;
    if (differences > 0)
      return new SwitchRefusedError(
        'differences',
        `Generation ${next} differs from the live one: ${differences} differences were found. Look at them, or approve with a reason.`,
      );
    if (undecided > 0)
      return new SwitchRefusedError(
        'not-compared',
        `${undecided} rows of generation ${next} kept changing while they were compared. Run ops compare again, or approve with a reason.`,
      );
  }
  if (compared.length > 0) return undefined;
  return new SwitchRefusedError(
    'not-compared',
    `Generation ${next} was never compared with the live one. Run ops compare, or approve with a reason.`,
  );
}

/** Events the live generation has folded and the other has not, over all partitions of both logs. */
async function eventsBehind(client: PoolClient, live: string, next: string): Promise<number> {
  const { rows } = await client.query(
    `SELECT coalesce(sum(greatest(l.next_offset - coalesce(n.next_offset, 0), 0)), 0)::bigint AS behind
     FROM ${live}.checkpoint l LEFT JOIN ${next}.checkpoint n USING (topic, partition)`,
  );
  return (rows[0] as { behind: number }).behind;
}

/**
 * Drops a generation's tables; its row remains.
 * @param o.cancelled the end of a build that was cancelled; any other build is left alone, halted and paused ones too
 * @param o.dryRun only finds out whether it would be refused
 * @throws WrongGenerationError for the live one, or one that is being built
 */
export async function dropGeneration(pool: ReadModelPool, id: number, o: { cancelled?: boolean; dryRun?: boolean } = {}): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    // Before its state is read: nobody builds or switches to it from here on.
    const mine = await lockGenerationForTransaction(client, id);
    const { state, schema } = await generationNumbered(client, id);
    if (state === 'live') throw new WrongGenerationError(`Generation ${id} is live. Switch to another one first.`);
    if (!mine || (state === 'building' && !o.cancelled))
      throw new WrongGenerationError(`Generation ${id} is being built. Cancel that first.`);
    if (state === 'dropped') throw new WrongGenerationError(`Generation ${id} was dropped already.`);
    if (o.dryRun) {
      await client.query('ROLLBACK');
      return;
    }
    // Whoever keeps it up sees this first, and then finds no tables.
    await client.query(`UPDATE control.generation SET state = 'dropped' WHERE id = $1 AND state = $2`, [id, state]);
    await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
