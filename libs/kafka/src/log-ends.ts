import type { Kafka } from 'kafkajs';
import { HaltError } from './consume-errors.js';
import { LogUnavailableError } from './errors.js';

/** Where each partition of a log begins and ends: the first offset it still has, and the one the next message will get. @throws LogUnavailableError (retriable) */
export async function logEnds(kafka: Kafka, topic: string): Promise<{ partition: number; start: number; offset: number }[]> {
  return asked(kafka, topic, async (admin) => {
    const ends = await admin.fetchTopicOffsets(topic);
    return ends.map(({ partition, low, high }) => ({ partition, start: Number(low), offset: Number(high) }));
  });
}

/**
 * The first offset of each partition whose message was written at an instant or later; the end where there is none.
 * @param at milliseconds since 1970 @throws LogUnavailableError (retriable)
 */
export async function offsetsAt(kafka: Kafka, topic: string, at: number): Promise<{ partition: number; offset: number }[]> {
  return asked(kafka, topic, async (admin) => {
    const offsets = await admin.fetchTopicOffsetsByTimestamp(topic, at);
    return offsets.map(({ partition, offset }) => ({ partition, offset: Number(offset) }));
  });
}

async function asked<Found extends { partition: number }>(
  kafka: Kafka,
  topic: string,
  ask: (admin: ReturnType<Kafka['admin']>) => Promise<Found[]>,
): Promise<Found[]> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    return (await ask(admin)).sort((a, b) => a.partition - b.partition);
  } catch (cause) {
    throw new LogUnavailableError(`the offsets of ${topic} can't be looked up`, { cause });
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}

/**
 * Where a group has come to, as the broker keeps it; the beginning of the log for a group that has not begun. Only for readers whose work has no second
 * effect: a crash loses up to a second of it.
 * @returns for each partition also the end of the log as it is now
 * @throws HaltError where the broker keeps no place and the log has lost its beginning: nobody knows what of it was read; LogUnavailableError (retriable)
 */
export async function groupPositions(
  kafka: Kafka,
  groupId: string,
  topic: string,
  partitions: readonly { partition: number }[],
): Promise<{ topic: string; partition: number; nextOffset: number; lastEventId: null; end: number }[]> {
  const ends = await logEnds(kafka, topic);
  const kept = await asked(kafka, topic, async (admin) => {
    const [found] = await admin.fetchOffsets({ groupId, topics: [topic] });
    return found!.partitions.map(({ partition, offset }) => ({ partition, offset: Number(offset) }));
  });
  const at = (partition: number) => kept.find((one) => one.partition === partition)?.offset ?? -1;
  return partitions.map(({ partition }) => {
    const { start, offset: end } = ends.find((one) => one.partition === partition) ?? { start: 0, offset: 0 };
    const nextOffset = at(partition) >= 0 ? at(partition) : start;
    if (at(partition) < 0 && start > 0)
      throw new HaltError('place-lost', `${topic}/${partition}: begins at offset ${start}, and ${groupId} has no place in it`);
    return { topic, partition, nextOffset, lastEventId: null, end };
  });
}

/**
 * How many messages that were written before an instant a group has not read yet, by the broker's clock and as far as the broker knows; up to a second late.
 * None in a topic that does not exist. @param before milliseconds since 1970 @throws LogUnavailableError (retriable)
 */
export async function unreadBefore(kafka: Kafka, groupId: string, topic: string, before: number): Promise<number> {
  const unread = await asked(kafka, topic, async (admin) => {
    if (!(await admin.listTopics()).includes(topic)) return [];
    const [starts, upTo, [read]] = await Promise.all([
      admin.fetchTopicOffsets(topic),
      admin.fetchTopicOffsetsByTimestamp(topic, before),
      admin.fetchOffsets({ groupId, topics: [topic] }),
    ]);
    const at = (places: readonly { partition: number; offset: string }[], partition: number) =>
      Number(places.find((one) => one.partition === partition)!.offset);
    return upTo.map(({ partition, offset }) => {
      const begin = Number(starts.find((one) => one.partition === partition)!.low);
      return { partition, count: Math.max(0, Number(offset) - Math.max(begin, at(read!.partitions, partition))) };
    });
  });
  return unread.reduce((sum, { count }) => sum + count, 0);
}
