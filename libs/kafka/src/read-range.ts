import { randomUUID } from 'node:crypto';
import type { Logger } from '#lib/runtime';
import type { Kafka } from './connect-kafka.js';
import { consumeLog } from './consume.js';
import { HaltError } from './consume-errors.js';
import type { PartitionBatch, TopicPartition } from './consume-options.js';
import { logEnds } from './log-ends.js';

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
 * @throws HaltError where a log begins after a range or ends before it does, or for any other error of `apply`
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
  const passed = (range: OffsetRange, upTo: number) => {
    range.from = upTo;
    if (range.from >= range.to) left.delete(keyOf(range));
    if (left.size === 0) ended.resolve();
  };
  o.signal.addEventListener('abort', stop, { once: true });
  const consumption = consumeLog({
    kafka: o.kafka,
    groupId,
    topics: [...new Set(o.ranges.map(({ topic }) => topic))],
    logger: o.logger,
    chunk: o.chunk,
    // Nothing is remembered of what stands before: these are looks, not steps.
    startingPoints: async (assigned) => {
      await refuseBeyondEnds(o.kafka, [...left.values()]);
      return assigned.flatMap((place) => {
        const range = left.get(keyOf(place));
        return range ? [{ ...place, nextOffset: range.from, lastEventId: null }] : [];
      });
    },
    verify: async () => true,
    apply: async (batch) => {
      const range = left.get(keyOf(batch));
      if (!range) return 'applied';
      const messages = batch.messages.filter(({ offset }) => offset < range.to);
      if (messages.length > 0) await o.apply({ topic: batch.topic, partition: batch.partition, messages });
      passed(range, batch.messages.at(-1)!.offset + 1);
      return 'applied';
    },
    passHole: async (hole) => {
      const range = left.get(keyOf(hole));
      if (range) passed(range, hole.to);
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

/** Asked whenever reading begins somewhere: a log may be replaced by an older copy of it at any time. */
async function refuseBeyondEnds(kafka: Kafka, ranges: readonly OffsetRange[]): Promise<void> {
  for (const topic of new Set(ranges.map(({ topic }) => topic))) {
    const ends = new Map((await logEnds(kafka, topic)).map(({ partition, offset }) => [partition, offset]));
    const beyond = ranges.find((range) => range.topic === topic && range.to > (ends.get(range.partition) ?? 0));
    if (!beyond) continue;
    const end = ends.get(beyond.partition) ?? 'no offset at all';
    throw new HaltError('log-shorter', `${keyOf(beyond)}: to be read up to offset ${beyond.to}, but the log ends at ${end}`);
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
