import { setTimeout as pause } from 'node:timers/promises';
import kafkajs, { type Admin, type Kafka } from 'kafkajs';
import type { Topics } from '#lib/events';
import { LogUnavailableError, PartitionCountError } from './errors.js';

export interface TopicPlan {
  name: string;
  partitions: number;
  config: Record<string, string>;
}

const DAY = 86_400_000;
const LARGEST_BATCH = String(4 * 1024 * 1024);
/** Whatever a source's own client compresses with, the broker keeps as gzip: kafkajs reads no zstd and no lz4, and would ask again for ever. */
const READABLE = { 'compression.type': 'gzip', 'max.message.bytes': LARGEST_BATCH };
const FOR_EVER = { ...READABLE, 'cleanup.policy': 'delete', 'retention.ms': '-1', 'retention.bytes': '-1' };
/** Short segments: Kafka never deletes the segment being written. */
const A_WEEK = {
  ...READABLE,
  'cleanup.policy': 'delete',
  'retention.ms': String(7 * DAY),
  'segment.ms': String(DAY),
};
/** When a message came is the broker's to say: "we looked, up to here" goes by it, and a source's clock may be wrong. */
const AS_IT_CAME = { ...A_WEEK, 'message.timestamp.type': 'LogAppendTime' };
const A_MONTH = { ...READABLE, 'cleanup.policy': 'delete', 'retention.ms': String(30 * DAY) };

/** The topics of one deployment: both logs for ever and never compacted, rejections 30 days, landing topics and captured changes 7 days. */
export function topicPlan(topics: Topics, sources: string[], partitions: number): TopicPlan[] {
  return [
    { name: topics.involvementLog, partitions, config: FOR_EVER },
    { name: topics.identityLog, partitions, config: FOR_EVER },
    { name: topics.rejections, partitions, config: A_MONTH },
    // One partition: what a source said, and what happened to its rows, in that order; "we looked, up to here" overtakes nothing.
    ...sources.flatMap((source) => [
      { name: topics.landing(source), partitions: 1, config: AS_IT_CAME },
      { name: topics.captured(source), partitions: 1, config: A_WEEK },
    ]),
  ];
}

/**
 * Makes what is missing and sets the planned configuration where it differs; safe to repeat and to run twice at once. Replication and
 * min.insync.replicas are the broker's defaults.
 * @throws PartitionCountError when a topic exists with another number of partitions; LogUnavailableError (retriable)
 */
export async function ensureTopics(kafka: Kafka, topics: TopicPlan[]): Promise<void> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    await makeMissing(admin, topics);
    await untilKnown(admin, topics);
    await checkPartitions(admin, topics);
    await setConfig(admin, topics);
  } catch (error) {
    if (error instanceof PartitionCountError) throw error;
    throw new LogUnavailableError('topics could not be made ready', { cause: error });
  } finally {
    await admin.disconnect();
  }
}

async function makeMissing(admin: Admin, topics: TopicPlan[]): Promise<void> {
  const existing = new Set(await admin.listTopics());
  const missing = topics.filter(({ name }) => !existing.has(name));
  if (missing.length === 0) return;
  await admin.createTopics({
    waitForLeaders: false,
    topics: missing.map(({ name, partitions, config }) => ({
      topic: name,
      numPartitions: partitions,
      replicationFactor: -1,
      configEntries: Object.entries(config).map(([key, value]) => ({ name: key, value })),
    })),
  });
}

const KNOWN_WITHIN_MS = 15_000;

/** A busy broker answers "no such topic" for a moment after it made one, and kafkajs's own wait for leaders gives up at that. */
async function untilKnown(admin: Admin, topics: TopicPlan[]): Promise<void> {
  const deadline = Date.now() + KNOWN_WITHIN_MS;
  for (;;) {
    try {
      const { topics: known } = await admin.fetchTopicMetadata({ topics: topics.map(({ name }) => name) });
      if (known.every(({ partitions }) => partitions.length > 0 && partitions.every(({ leader }) => leader >= 0))) return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    if (Date.now() > deadline) throw new Error('topics have no leaders');
    await pause(100);
  }
}

async function checkPartitions(admin: Admin, topics: TopicPlan[]): Promise<void> {
  const { topics: found } = await admin.fetchTopicMetadata({ topics: topics.map(({ name }) => name) });
  const counts = new Map(found.map(({ name, partitions }) => [name, partitions.length]));
  for (const { name, partitions } of topics) {
    const count = counts.get(name) ?? 0;
    if (count !== partitions) throw new PartitionCountError(name, partitions, count);
  }
}

async function setConfig(admin: Admin, topics: TopicPlan[]): Promise<void> {
  const type = kafkajs.ConfigResourceTypes.TOPIC;
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: topics.map(({ name }) => ({ type, name })),
  });
  const differing = topics.flatMap(({ name, config }) => {
    const found = resources.find(({ resourceName }) => resourceName === name)?.configEntries ?? [];
    const value = (key: string) => found.find(({ configName }) => configName === key)?.configValue;
    if (Object.entries(config).every(([key, planned]) => value(key) === planned)) return [];
    // Kafka replaces the whole set, so what an operator added is sent again
    const own = found.filter(({ configSource }) => configSource === kafkajs.ConfigSource.TOPIC_CONFIG);
    const wanted = { ...Object.fromEntries(own.map((entry) => [entry.configName, entry.configValue])), ...config };
    return [{ type, name, configEntries: Object.entries(wanted).map(([key, value]) => ({ name: key, value })) }];
  });
  if (differing.length > 0) await admin.alterConfigs({ validateOnly: false, resources: differing });
}
