import { type OffsetRange, readRange } from '#lib/kafka';
import type { Queryable } from '#lib/read-model';
import { isToken } from '../why-parked.js';
import type { RequestWork } from '../upkeep/request-work.js';

/** Where one generation has got further than the other. */
export interface LogBetween {
  ranges: OffsetRange[];
  /** Records that events in between are about. */
  touched: Set<string>;
}

/** What one of two generations has folded and the other has not yet, at the caller's snapshot. */
export async function logBetween(work: RequestWork, client: Queryable, here: string, there: string): Promise<LogBetween> {
  const { rows } = await client.query(
    `SELECT topic, partition, least(coalesce(a.next_offset, 0), coalesce(b.next_offset, 0)) AS "from",
            greatest(coalesce(a.next_offset, 0), coalesce(b.next_offset, 0)) AS "to"
     FROM ${here}.checkpoint a FULL JOIN ${there}.checkpoint b USING (topic, partition)
     WHERE a.next_offset IS DISTINCT FROM b.next_offset`,
  );
  const ranges = rows as OffsetRange[];
  const touched = new Set<string>();
  await readRange({
    kafka: work.logs.kafka,
    groupPrefix: `${work.settings.topicPrefix}projector.compare.`,
    ranges,
    signal: work.signal,
    logger: work.logger,
    apply: async ({ messages }) => {
      for (const { key } of messages) if (isToken(key)) touched.add(key);
    },
  });
  return { ranges, touched };
}
