import type { Transaction } from './open-state.js';
import type { Offsets } from './progress.js';

/** How far one partition of a log has been taken into the state (of `identity-log`: how far it holds what was sent). */
export interface Checkpoint {
  topic: string;
  partition: number;
  nextOffset: number;
  /** What is remembered of the message at nextOffset - 1; null at the beginning of the log. */
  lastEventId: string | null;
}

/** A step over some messages of a partition, from the first offset up to (not including) `to`. */
export interface Step {
  topic: string;
  partition: number;
  from: number;
  to: number;
  lastEventId: string;
}

/** `advanced`: its effects are ours to write. `already applied`: nothing to do. `elsewhere`: the stored offset is not where the step begins. */
export type StepResult = 'advanced' | 'already applied' | 'elsewhere';

/** Takes a step in the transaction that writes its effects: compare and set. */
export async function takeStep(client: Transaction, { topic, partition, from, to, lastEventId }: Step): Promise<StepResult> {
  const updated = await client.query(
    `UPDATE matcher.checkpoint SET next_offset = $4, last_event_id = $5
     WHERE topic = $1 AND partition = $2 AND next_offset = $3`,
    [topic, partition, from, to, lastEventId],
  );
  if (updated.rowCount === 1) return 'advanced';
  return (await checkpointOf(client, topic, partition)).nextOffset >= to ? 'already applied' : 'elsewhere';
}

/** The checkpoint of a partition, made at the beginning of the log where there is none. */
export async function checkpointOf(client: Transaction, topic: string, partition: number): Promise<Checkpoint> {
  await client.query('INSERT INTO matcher.checkpoint (topic, partition, next_offset) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING', [
    topic,
    partition,
  ]);
  const { rows } = await client.query<Checkpoint>(
    `SELECT topic, partition, next_offset AS "nextOffset", last_event_id AS "lastEventId"
     FROM matcher.checkpoint WHERE topic = $1 AND partition = $2`,
    [topic, partition],
  );
  return rows[0]!;
}

/** The first offset not yet taken in, of every partition of a topic. */
export async function offsetsOf(client: Transaction, topic: string): Promise<Offsets> {
  const { rows } = await client.query<Offsets[number]>(
    'SELECT partition, next_offset AS offset FROM matcher.checkpoint WHERE topic = $1 ORDER BY partition',
    [topic],
  );
  return rows;
}

/** Remembers how far a topic reaches. */
export async function saveOffsets(client: Transaction, topic: string, offsets: Offsets): Promise<void> {
  await client.query(
    `INSERT INTO matcher.checkpoint AS known (topic, partition, next_offset)
     SELECT $1, partition, next_offset FROM unnest($2::int[], $3::bigint[]) AS given(partition, next_offset)
     ON CONFLICT (topic, partition) DO UPDATE SET next_offset = greatest(known.next_offset, excluded.next_offset)`,
    [topic, offsets.map(({ partition }) => partition), offsets.map(({ offset }) => offset)],
  );
}
