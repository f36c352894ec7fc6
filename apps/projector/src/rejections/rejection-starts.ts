import type { StartingPoint, TopicPartition } from '#lib/kafka';
import type { Queryable } from '#lib/read-model';

/** Where counting goes on in a partition, and how many refusals are gone that were not counted. */
export interface RejectionStart extends StartingPoint {
  missed: number;
}

interface Held {
  nextOffset: number;
  lastEventId: string | null;
}

/**
 * Where to read on. Refusals are kept for 30 days: after a longer pause the log begins behind the checkpoint, and what is gone is gone. The
 * message before is no proof where it has been deleted.
 * @param start the first offset that the partition still has
 */
export function startAfter(place: TopicPartition, held: Held, start: number): RejectionStart {
  const nextOffset = Math.max(held.nextOffset, start);
  return { ...place, nextOffset, lastEventId: held.nextOffset > start ? held.lastEventId : null, missed: nextOffset - held.nextOffset };
}

/** Where to read on in a partition. The checkpoint moves along, so that what was missed is told once. */
export async function readRejectionStart(client: Queryable, place: TopicPartition, start: number): Promise<RejectionStart> {
  // Of what went before there was anything to count with, nothing is missed.
  await client.query(`INSERT INTO control.rejected_checkpoint (partition, next_offset) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
    place.partition,
    start,
  ]);
  const { rows } = await client.query(
    `SELECT next_offset AS "nextOffset", last_event_id AS "lastEventId" FROM control.rejected_checkpoint WHERE partition = $1`,
    [place.partition],
  );
  const held = rows[0] as Held;
  const point = startAfter(place, held, start);
  if (point.missed === 0) return point;
  const { rows: moved } = await client.query(
    `UPDATE control.rejected_checkpoint SET next_offset = $3, last_event_id = NULL WHERE partition = $1 AND next_offset = $2 RETURNING 1`,
    [place.partition, held.nextOffset, point.nextOffset],
  );
  return moved.length === 1 ? point : readRejectionStart(client, place, start);
}
