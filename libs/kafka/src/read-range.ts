import { randomUUID } from 'node:crypto';
import type { Logger } from '#lib/runtime';
import type { Kafka } from './connect-kafka.js';
import { consumeLog } from './consume.js';
import type { PartitionBatch, TopicPartition } from './consume-options.js';

/** Part of a partition: from an offset up to, not including, another. */
export interface OffsetRange extends TopicPartition {
  from: number;
  to: number;
}

/**
 * Reads parts of logs once, each partition in order, beside whoever else reads them, and returns at their end.
 * @param o.groupPrefix names the passing consumer group, which is removed afterwards
 * @param o.apply is tried again where it throws an error with `retriable: true`
 * @param o.signal ends the reading early, without an error
 * @throws HaltError where a log begins after a range, or for any other error of `apply`
 */
export async function readRange(o: {
  kafka: Kafka;
  groupPrefix: string;
  ranges: readonly OffsetRange[];
  apply(batch: Pick<PartitionBatch, 'topic' | 'partition' | 'messages'>): Promise<void>;
  signal: AbortSignal;
  logger: Logger;
  chunk?: number;
}): Promise<void> {
  const left = new Map(o.ranges.filter(({ from, to }) => from < to).map((range) => [keyOf(range), { ...range }]));
  if (left.size === 0 || o.signal.aborted) return;
  const groupId = `${o.groupPrefix}${randomUUID()}`;
  const ended = Promise.withResolvers<void>();
  const stop = () => ended.resolve();
  o.signal.addEventListener('abort', stop, { once: true });
  const consumption = consumeLog({
    kafka: o.kafka,
    groupId,
    topics: [...new Set(o.ranges.map(({ topic }) => topic))],
    logger: o.logger,
    chunk: o.chunk,
    // Nothing is remembered of what stands before: these are looks, not steps.
    startingPoints: async (assigned) =>
      assigned.flatMap((place) => {
        const range = left.get(keyOf(place));
        return range ? [{ ...place, nextOffset: range.from, lastEventId: null }] : [];
      }),
    verify: async () => true,
    apply: async (batch) => {
      const range = left.get(keyOf(batch));
      if (!range) return 'applied';
      const messages = batch.messages.filter(({ offset }) => offset < range.to);
      if (messages.length > 0) await o.apply({ topic: batch.topic, partition: batch.partition, messages });
      range.from = batch.messages.at(-1)!.offset + 1;
      if (range.from >= range.to) left.delete(keyOf(batch));
      if (left.size === 0) ended.resolve();
      return 'applied';
    },
    onHalt: (error) => ended.reject(error),
  });
  try {
    await ended.promise;
  } finally {
    o.signal.removeEventListener('abort', stop);
    await consumption.stop();
    await forget(o.kafka, groupId);
  }
}

const keyOf = ({ topic, partition }: TopicPartition) => `${topic}/${partition}`;

async function forget(kafka: Kafka, groupId: string): Promise<void> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    await admin.deleteGroups([groupId]);
  } catch {
    // It stays as an empty group, which the broker forgets after a week.
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}
