import { randomUUID } from 'node:crypto';
import { connectKafka, type Kafka } from '#lib/kafka';
import { eventually } from './eventually.js';

export interface LogMessage {
  partition: number;
  offset: number;
  key: string | null;
  /** As JSON. */
  headers: string;
  value: Buffer;
}

/** How many messages each partition of a topic holds. */
export async function endsOf(kafka: Kafka, topic: string): Promise<number[]> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const offsets = await admin.fetchTopicOffsets(topic);
    return offsets.sort((a, b) => a.partition - b.partition).map(({ high }) => Number(high));
  } finally {
    await admin.disconnect();
  }
}

/** All messages a topic holds now, by partition and offset. */
export async function readLog(brokers: string, topic: string): Promise<LogMessage[]> {
  const kafka = connectKafka({ brokers: brokers.split(','), clientId: 'test' });
  const messages: LogMessage[] = [];
  const expected = (await endsOf(kafka, topic)).reduce((sum, end) => sum + end, 0);
  if (expected === 0) return [];
  const consumer = kafka.consumer({ groupId: `test-${randomUUID()}`, sessionTimeout: 10_000, maxWaitTimeInMs: 50 });
  await consumer.connect();
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachMessage: async ({ partition, message: { offset, key, headers, value } }) => {
        messages.push({ partition, offset: Number(offset), key: key?.toString() ?? null, headers: JSON.stringify(headers), value: value! });
      },
    });
    await eventually(`${expected} messages`, async () => messages.length >= expected, { within: 20_000 });
  } finally {
    await consumer.disconnect();
  }
  return messages.sort((a, b) => a.partition - b.partition || a.offset - b.offset);
}
