import type { Kafka } from './connect-kafka.js';
import { HaltError } from './consume-errors.js';
import type { StartingPoint, TopicPartition } from './consume-options.js';
import { checkPartitionCounts } from './consume-partitions.js';

/** How far this consumer has read a partition since it was assigned. */
export interface Position extends TopicPartition {
  /** Everything before it is applied. */
  next: number;
  /** Everything before it is applied or holds no message. */
  emptyTo: number;
  highWatermark: number;
  /** How far a hole was told of. */
  told: number;
  /** What must stand at next - 1; undefined once it was seen there, or at the beginning of the log. */
  unverified: string | undefined;
  /** Whether the log may have been replaced since: nothing is applied before the message at next - 1 was seen again. */
  doubted: boolean;
  /** The hole met in the log, `from-to`, to be believed only when it is met a second time. */
  hole: string | undefined;
  /** How often in a row the stored offset was not where it was left. */
  rereads: number;
  committed: number;
}

/**
 * Positions to read from, after a look at where the logs begin and end: kafkajs would answer an offset outside by silently starting anew,
 * so it must never be asked for one.
 * @throws HaltError 'log-truncated', 'log-shorter' or 'partitions-changed'
 */
export async function positionsFrom(kafka: Kafka, points: StartingPoint[], partitions?: number): Promise<Position[]> {
  const topics = [...new Set(points.map(({ topic }) => topic))];
  const ranges = await rangesOf(kafka, topics);
  checkPartitionCounts(
    new Map(topics.map((topic) => [topic, [...ranges.keys()].filter((place) => place.startsWith(`${topic}/`)).length])),
    partitions,
  );
  return points.map(({ topic, partition, nextOffset, lastEventId }) => {
    const range = ranges.get(`${topic}/${partition}`);
    // The message before, where something is remembered of it, must still be there: it is the proof that this is the same log.
    const unverified = nextOffset === 0 ? undefined : (lastEventId ?? undefined);
    const earliest = unverified === undefined ? nextOffset : nextOffset - 1;
    if (!range || range.low > earliest) throw outside('log-truncated', 'starts', `${topic}/${partition}`, nextOffset, range?.low);
    if (range.high < nextOffset) throw outside('log-shorter', 'ends', `${topic}/${partition}`, nextOffset, range.high);
    return {
      topic,
      partition,
      next: nextOffset,
      emptyTo: nextOffset,
      highWatermark: range.high,
      told: nextOffset,
      unverified,
      doubted: false,
      hole: undefined,
      rereads: 0,
      committed: -1,
    };
  });
}

/** The offset to seek to: one earlier than the next where the message before has yet to be seen. */
export const seekOffset = ({ next, unverified }: Position) => String(unverified === undefined ? next : next - 1);

const outside = (code: 'log-truncated' | 'log-shorter', verb: string, where: string, next: number, found: number | undefined) =>
  new HaltError(code, `${where}: everything before offset ${next} was read, but the log ${verb} at ${found ?? 'no offset at all'}`);

async function rangesOf(kafka: Kafka, topics: string[]): Promise<Map<string, { low: number; high: number }>> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const ranges = new Map<string, { low: number; high: number }>();
    for (const topic of topics) {
      for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
        ranges.set(`${topic}/${partition}`, { low: Number(low), high: Number(high) });
      }
    }
    return ranges;
  } finally {
    await admin.disconnect();
  }
}
