import type { Queryable } from '#lib/read-model';
import type { TwoSchemas } from './compare-table.js';

/** How far two generations have folded each partition. */
export type Places = readonly { topic: string; partition: number; least: number; greatest: number }[];

/** @param client in the snapshot in which rows are compared */
export async function placesOf(client: Queryable, { here, there }: TwoSchemas): Promise<Places> {
  const { rows } = await client.query(
    `SELECT topic, partition, least(coalesce(a.next_offset, 0), coalesce(b.next_offset, 0)) AS least,
            greatest(coalesce(a.next_offset, 0), coalesce(b.next_offset, 0)) AS greatest
     FROM ${here}.checkpoint a FULL JOIN ${there}.checkpoint b USING (topic, partition)`,
  );
  return rows as unknown as Places;
}

/** Whether the side that is behind stands where, at those places, the one ahead stood, or further: in every partition. */
export function standsPast(now: Places, then: Places): boolean {
  return then.every(({ topic, partition, greatest }) =>
    now.some((place) => place.topic === topic && place.partition === partition && place.least >= greatest),
  );
}
