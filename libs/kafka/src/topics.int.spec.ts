import { zstdCompressSync } from 'node:zlib';
import kafkajs, { type Admin, type Kafka } from 'kafkajs';
import { topicsOf } from '#lib/events';
import { eventually } from '../../../test/support/eventually.js';
import { freshPrefix } from '../../../test/support/fresh.js';
import { stack } from '../../../test/support/stack.js';
import { connectKafka } from './connect-kafka.js';
import { LogUnavailableError, PartitionCountError } from './errors.js';
import { ensureTopics, topicPlan } from './topics.js';

let kafka: Kafka;
let admin: Admin;
beforeAll(async () => {
  kafka = connectKafka({ brokers: [(await stack()).kafkaBrokers], clientId: 'test' });
  admin = kafka.admin();
  await admin.connect();
});
afterAll(() => admin.disconnect());

async function configOf(name: string): Promise<Record<string, string>> {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name }],
  });
  return Object.fromEntries(resources[0]!.configEntries.map(({ configName, configValue }) => [configName, configValue]));
}

test('both logs keep everything for ever, rejections a month, landing topics and captured changes a week', async () => {
  const topics = topicsOf(freshPrefix());
  await ensureTopics(kafka, topicPlan(topics, ['mosaic'], 3));
  for (const log of [topics.involvementLog, topics.identityLog]) {
    expect(await configOf(log)).toMatchObject({ 'retention.ms': '-1', 'retention.bytes': '-1', 'cleanup.policy': 'delete' });
  }
  expect(await configOf(topics.rejections)).toMatchObject({ 'retention.ms': String(30 * 86_400_000) });
  for (const topic of [topics.landing('mosaic'), topics.captured('mosaic')])
    expect(await configOf(topic)).toMatchObject({ 'retention.ms': String(7 * 86_400_000), 'segment.ms': '86400000' });
});

test('making the topics again, or twice at once, changes nothing', async () => {
  const plan = topicPlan(topicsOf(freshPrefix()), ['mosaic', 'niche'], 2);
  await Promise.all([ensureTopics(kafka, plan), ensureTopics(kafka, plan)]);
  await ensureTopics(kafka, plan);
  const { topics } = await admin.fetchTopicMetadata({ topics: plan.map(({ name }) => name) });
  const counts = new Map(topics.map(({ name, partitions }) => [name, partitions.length]));
  // what a source said, and what happened to its rows, has one order
  expect(plan.map(({ name }) => counts.get(name))).toEqual([2, 2, 2, 1, 1, 1, 1]);
});

test('another number of partitions is refused in words, and nothing is altered', async () => {
  const topics = topicsOf(freshPrefix());
  await ensureTopics(kafka, topicPlan(topics, [], 2));
  const asked = ensureTopics(kafka, topicPlan(topics, [], 4));
  await expect(asked).rejects.toBeInstanceOf(PartitionCountError);
  await expect(asked).rejects.toThrow(/has 2 partitions, the settings say 4.*never altered/);
  const { topics: found } = await admin.fetchTopicMetadata({ topics: [topics.involvementLog] });
  expect(found[0]?.partitions).toHaveLength(2);
});

test('a log whose retention was shortened is set right again, what an operator added stays', async () => {
  const topics = topicsOf(freshPrefix());
  const plan = topicPlan(topics, [], 1);
  await admin.createTopics({
    topics: [
      {
        topic: topics.involvementLog,
        numPartitions: 1,
        configEntries: [
          { name: 'retention.ms', value: '1000' },
          { name: 'min.insync.replicas', value: '1' },
          { name: 'segment.bytes', value: '20000000' },
        ],
      },
    ],
  });
  await ensureTopics(kafka, plan);
  // What the controller took, a busy broker tells a moment later.
  const set = await eventually('it was set right', async () => {
    const config = await configOf(topics.involvementLog);
    return config['retention.ms'] === '-1' && config;
  });
  expect(set).toMatchObject({ 'retention.ms': '-1', 'segment.bytes': '20000000' });
});

test('what another client compressed in a way that kafkajs can’t read is readable all the same', async () => {
  const topic = topicsOf(freshPrefix()).landing('mosaic');
  await ensureTopics(kafka, [{ ...topicPlan(topicsOf(), ['mosaic'], 1).at(-1)!, name: topic }]);
  const neverRead = () => Promise.reject(new Error('a batch came as zstd'));
  kafkajs.CompressionCodecs[kafkajs.CompressionTypes.ZSTD] = () => ({
    compress: async ({ buffer }: { buffer: Buffer }) => zstdCompressSync(buffer),
    decompress: neverRead,
  });
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();
  await producer.send({ topic, compression: kafkajs.CompressionTypes.ZSTD, messages: [{ value: 'a text, a text, a text' }] });
  await producer.disconnect();
  const consumer = kafka.consumer({ groupId: topic });
  let read: string | undefined;
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({ eachMessage: async ({ message }) => void (read = message.value?.toString()) });
  expect(await eventually('the message', async () => read)).toBe('a text, a text, a text');
  await consumer.disconnect();
});

test('no broker is an outage to wait out', async () => {
  const nowhere = new kafkajs.Kafka({ brokers: ['127.0.0.1:1'], logLevel: kafkajs.logLevel.NOTHING, retry: { retries: 0 } });
  await expect(ensureTopics(nowhere, topicPlan(topicsOf('x.'), [], 1))).rejects.toBeInstanceOf(LogUnavailableError);
});
