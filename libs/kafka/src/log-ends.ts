import type { Kafka } from 'kafkajs';
import { LogUnavailableError } from './errors.js';

/** Where each partition of a log ends: the offset the next message will get. @throws LogUnavailableError (retriable) */
export async function logEnds(kafka: Kafka, topic: string): Promise<{ partition: number; offset: number }[]> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    const ends = await admin.fetchTopicOffsets(topic);
    return ends.map(({ partition, high }) => ({ partition, offset: Number(high) })).sort((a, b) => a.partition - b.partition);
  } catch (cause) {
    throw new LogUnavailableError(`the ends of ${topic} can't be looked up`, { cause });
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}
