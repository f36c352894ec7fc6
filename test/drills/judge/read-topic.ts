import { randomUUID } from 'node:crypto';
import type { Kafka } from '#lib/kafka';
import { eventually } from '../../support/eventually.js';

/** A message as it stands in a log. */
export interface Logged {
  topic: string;
  partition: number;
  offset: number;
  key: string | null;
  value: Buffer | null;
  /** When the broker took it, or its sender says it was made; milliseconds since 1970. */
  timestamp: number;
}

export interface TopicRead {
  messages: Logged[];
  /** Where each partition begins and ends. */
  ranges: { partition: number; low: number; high: number }[];
}

/** Everything a topic holds now, read with kafkajs alone, by partition and offset. */
export async function readTopic(kafka: Kafka, topic: string): Promise<TopicRead> {
  const ranges = await rangesOf(kafka, topic);
  const left = new Map(ranges.filter(({ low, high }) => high > low).map(({ partition, high }) => [partition, high]));
  const messages: Logged[] = [];
  if (left.size === 0) return { messages, ranges };
  const consumer = kafka.consumer({ groupId: `drill-${randomUUID()}`, sessionTimeout: 10_000, maxWaitTimeInMs: 50 });
  await consumer.connect();
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        const { partition } = batch;
        for (const { offset, key, value, timestamp } of batch.messages)
          messages.push({ topic, partition, offset: Number(offset), key: key?.toString() ?? null, value, timestamp: Number(timestamp) });
        if (Number(batch.lastOffset()) + 1 >= (left.get(partition) ?? 0)) left.delete(partition);
      },
    });
    await eventually(`reading ${topic} to its end`, async () => left.size === 0, { within: 60_000 });
  } finally {
    await consumer.disconnect();
  }
  const ends = new Map(ranges.map(({ partition, high }) => [partition, high]));
  const before = messages.filter(({ partition, offset }) => offset < ends.get(partition)!);
  return { messages: before.sort((a, b) => a.partition - b.partition || a.offset - b.offset), ranges };
}

async function rangesOf(kafka: Kafka, topic: string): Promise<TopicRead['ranges']> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const offsets = await admin.fetchTopicOffsets(topic);
    return offsets.map(({ partition, low, high }) => ({ partition, low: Number(low), high: Number(high) }));
  } finally {
    await admin.disconnect();
  }
}
