import { setTimeout as pause } from 'node:timers/promises';
import type { Kafka } from './connect-kafka.js';
import { HaltError } from './consume-errors.js';

const LOOK_EVERY_MS = 10_000;

/** Adding partitions moves keys, and kafkajs takes minutes to notice new ones. @throws HaltError where a topic has another number of them */
export function checkPartitionCounts(counts: ReadonlyMap<string, number>, wanted: number | undefined): void {
  if (wanted === undefined) return;
  for (const [topic, count] of counts) {
    if (count === wanted) continue;
    throw new HaltError(
      'partitions-changed',
      `${topic} was read with ${wanted} partitions and has ${count}: that is another log, for a rebuild`,
    );
  }
}

/** Looks at the number of partitions now and then, until `over` says so. @returns once over, or with the halt */
export async function watchPartitions(
  kafka: Kafka,
  o: { topics: string[]; partitions: number; over(): boolean },
): Promise<HaltError | undefined> {
  while (!o.over()) {
    await pause(LOOK_EVERY_MS, undefined, { ref: false });
    if (o.over()) return undefined;
    try {
      checkPartitionCounts(await countsOf(kafka, o.topics), o.partitions);
    } catch (error) {
      // An outage is told by the reading itself.
      if (error instanceof HaltError) return error;
    }
  }
  return undefined;
}

async function countsOf(kafka: Kafka, topics: string[]): Promise<Map<string, number>> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    const { topics: found } = await admin.fetchTopicMetadata({ topics });
    return new Map(found.map(({ name, partitions }) => [name, partitions.length]));
  } finally {
    await admin.disconnect();
  }
}
