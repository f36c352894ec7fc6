import { randomUUID } from 'node:crypto';
import { type Kafka, logEnds } from '#lib/kafka';
import { eventually } from './eventually.js';

/** Leaves offsets in a partition that hold no message: so many of an aborted transaction, and one for its mark. */
export async function abortTransaction(kafka: Kafka, topic: string, partition: number, messages = 1): Promise<void> {
  const end = async () => (await logEnds(kafka, topic))[partition]!.offset;
  // A busy broker has no leader yet for a topic it has just made.
  const before = await eventually('the end of the log', async () => String(await end())).then(Number);
  const producer = kafka.producer({ transactionalId: randomUUID(), idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  try {
    const transaction = await producer.transaction();
    await transaction.send({ topic, messages: Array.from({ length: messages }, () => ({ partition, key: 'any', value: 'aborted' })) });
    await transaction.abort();
  } finally {
    await producer.disconnect();
  }
  await eventually('the mark being written', async () => (await end()) > before + messages);
}
