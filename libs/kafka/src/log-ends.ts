import type { Kafka } from 'kafkajs';
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
