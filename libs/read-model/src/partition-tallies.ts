import type { Queryable } from './generation.js';

/** What one partition of a log comes to in one generation, all read at one instant. */
export interface PartitionTally {
  topic: string;
  partition: number;
  received: number;
  /** Of `received`: held with a reason. */
  parked: number;
  /** Sources and days of which received is not the sum of what became of it. */
  uneven: number;
  /** Rows in `parked`. */
  rowsParked: number;
  /** Offsets that held a message, passed since the tally is kept. */
  passed: number;
}

/** Whether every event that was passed is counted once, and every one that is held is there. */
export const isBalanced = ({ received, parked, uneven, rowsParked, passed }: PartitionTally): boolean =>
  uneven === 0 && parked === rowsParked && received === passed;

/** Every partition that a generation has begun with, counted something of or holds something of. One statement, so of one instant. */
export async function partitionTallies(client: Queryable, schema: string): Promise<PartitionTally[]> {
  const { rows } = await client.query(
    `WITH counted AS (
       SELECT topic, partition, sum(received)::bigint AS received, sum(parked)::bigint AS parked,
              count(*) FILTER (WHERE received <> applied + superseded + erased + parked + discarded) AS uneven
       FROM ${schema}.tally GROUP BY topic, partition),
     held AS (SELECT topic, partition, count(*) AS events FROM ${schema}.parked GROUP BY topic, partition)
     SELECT topic, partition, coalesce(t.received, 0) AS received, coalesce(t.parked, 0) AS parked, coalesce(t.uneven, 0) AS uneven,
            coalesce(h.events, 0) AS "rowsParked",
            coalesce(c.next_offset - coalesce(c.counted_from, 0) - coalesce(c.skipped, 0), 0) AS passed
     FROM ${schema}.checkpoint c FULL JOIN counted t USING (topic, partition) FULL JOIN held h USING (topic, partition)
     ORDER BY topic, partition`,
  );
  return rows as PartitionTally[];
}
