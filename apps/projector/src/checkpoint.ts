import type { Hole } from '#lib/kafka';
import type { Queryable } from '#lib/read-model';

/** How far one partition of a log has been folded into a generation. */
export interface Checkpoint {
  topic: string;
  partition: number;
  nextOffset: number;
  /** Id of the event at nextOffset - 1; null at the beginning of the log. */
  lastEventId: string | null;
}

/** A step over some events of a partition: from the offset all before which is folded, up to (not including) `to`. */
export interface Step {
  topic: string;
  partition: number;
  from: number;
  to: number;
  /** Offsets of the step that hold no message: nothing of them is tallied. */
  skipped: number;
  lastEventId: string;
}

/**
 * What a step finds. `advanced`: it is ours to write. `already applied`: all of it is folded, there is nothing to do.
 * `someone is ahead`: another writer has folded part of it. `gap`: events before it are not folded (any more).
 */
export type StepResult = 'advanced' | 'already applied' | 'someone is ahead' | 'gap';

/**
 * Takes a step inside the transaction that writes its rows: compare and set. The row stays locked until commit, so of two writers one waits,
 * then finds the other's result. This is what fences a writer that lost its partition and does not know it.
 */
export async function takeStep(client: Queryable, schema: string, step: Step): Promise<StepResult> {
  const { topic, partition, from, to, skipped, lastEventId } = step;
  const updated = await client.query(
    `UPDATE ${schema}.checkpoint SET next_offset = $4, last_event_id = $5, skipped = coalesce(skipped, 0) + $6, empty_after = NULL
     WHERE topic = $1 AND partition = $2 AND next_offset = $3 RETURNING next_offset`,
    [topic, partition, from, to, lastEventId, skipped],
  );
  if (updated.rows.length === 1) return 'advanced';
  const { nextOffset } = await checkpointOf(client, schema, topic, partition);
  // The row was made just now, or another writer has just moved it here.
  if (nextOffset === from) return takeStep(client, schema, step);
  if (nextOffset >= to) return 'already applied';
  return nextOffset > from ? 'someone is ahead' : 'gap';
}

/**
 * Notes that no message stands from the checkpoint up to the end of a hole. The checkpoint itself stays behind the last event, which proves
 * that the log is the same; where it has moved on, the step over the hole has accounted for it.
 */
export async function noteHole(client: Queryable, schema: string, { topic, partition, from, to }: Hole): Promise<void> {
  await client.query(`UPDATE ${schema}.checkpoint SET empty_after = $4 WHERE topic = $1 AND partition = $2 AND next_offset = $3`, [
    topic,
    partition,
    from,
    to - from,
  ]);
}

/** The checkpoint of a partition, made at the beginning of the log where there is none. */
export async function checkpointOf(client: Queryable, schema: string, topic: string, partition: number): Promise<Checkpoint> {
  await client.query(
    `INSERT INTO ${schema}.checkpoint (topic, partition, next_offset, last_event_id) VALUES ($1, $2, 0, NULL) ON CONFLICT DO NOTHING`,
    [topic, partition],
  );
  const { rows } = await client.query(
    `SELECT topic, partition, next_offset AS "nextOffset", last_event_id AS "lastEventId"
     FROM ${schema}.checkpoint WHERE topic = $1 AND partition = $2`,
    [topic, partition],
  );
  return rows[0] as Checkpoint;
}
