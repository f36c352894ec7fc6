import { connectKafka } from './connect-kafka.js';
import { LogProducer } from './log-producer.js';
import { readRange } from './read-range.js';
import { ensureTopics } from './topics.js';
import { createLogger, RetryableError } from '#lib/runtime';
import { abortTransaction } from '../../../test/support/aborted-transaction.js';
import { freshPrefix } from '../../../test/support/fresh.js';
import { stack } from '../../../test/support/stack.js';

const logger = createLogger('test', 'silent');
const prefix = freshPrefix();
const topic = `${prefix}log`;
let kafka: ReturnType<typeof connectKafka>;
beforeAll(async () => {
  const { kafkaBrokers } = await stack();
  kafka = connectKafka({ brokers: kafkaBrokers.split(','), clientId: 'read-range' });
  await ensureTopics(kafka, [{ name: topic, partitions: 3, config: {} }]);
  const producer = await LogProducer.open(kafka);
  const messages = [0, 1, 2].flatMap((partition) =>
    Array.from({ length: 50 }, (_, offset) => ({ key: 'any', partition, value: Buffer.from(`${partition}/${offset}`) })),
  );
  await producer.send(topic, messages);
  await producer.close();
});

async function read(ranges: { partition: number; from: number; to: number }[], fail: () => void = () => undefined): Promise<string[]> {
  const found: string[] = [];
  await readRange({
    kafka,
    groupPrefix: `${prefix}reading.`,
    ranges: ranges.map((range) => ({ topic, ...range })),
    chunk: 7,
    signal: new AbortController().signal,
    logger,
    apply: async ({ messages }) => {
      fail();
      found.push(...messages.map(({ value }) => String(value)));
    },
  });
  return found;
}

const from = (partition: number, first: number, to: number) =>
  Array.from({ length: to - first }, (_, index) => `${partition}/${first + index}`);

describe('Reading a part of a log', () => {
  it('gives every message of the ranges once and in order, and none beside them', async () => {
    const found = await read([
      { partition: 0, from: 10, to: 31 },
      { partition: 2, from: 49, to: 50 },
      { partition: 1, from: 5, to: 5 },
    ]);
    expect(found.filter((text) => text.startsWith('0/'))).toEqual(from(0, 10, 31));
    expect(found.filter((text) => !text.startsWith('0/'))).toEqual(from(2, 49, 50));
  });

  it('reads nothing where there is nothing to read', async () => {
    expect(await read([{ partition: 0, from: 3, to: 3 }])).toEqual([]);
  });

  it('tries again what may pass, without giving a message twice', async () => {
    let failures = 2;
    const found = await read([{ partition: 1, from: 0, to: 20 }], () => {
      failures -= 1;
      if (failures >= 0) throw new RetryableError('not-now', 'not now');
    });
    expect(found).toEqual(from(1, 0, 20));
  });

  it('tells of any other failure', async () => {
    const broken = read([{ partition: 1, from: 0, to: 20 }], () => {
      throw new TypeError('a mistake');
    });
    await expect(broken).rejects.toMatchObject({ code: 'unexpected' });
  });

  it('tells of a log that ends before the range does', async () => {
    await expect(read([{ partition: 0, from: 0, to: 1_000_000 }])).rejects.toMatchObject({ code: 'log-shorter', retriable: false });
  });

  it('ends where the last offsets of the range hold no message', async () => {
    await abortTransaction(kafka, topic, 2, 3);
    expect(await read([{ partition: 2, from: 48, to: 54 }])).toEqual(from(2, 48, 50));
    expect(await read([{ partition: 2, from: 50, to: 54 }])).toEqual([]);
    expect(await read([{ partition: 2, from: 49, to: 52 }])).toEqual(from(2, 49, 50));
  });

  it('leaves no consumer group behind', async () => {
    const admin = kafka.admin();
    await admin.connect();
    const { groups } = await admin.listGroups();
    await admin.disconnect();
    expect(groups.filter(({ groupId }) => groupId.startsWith(`${prefix}reading.`))).toEqual([]);
  });
});
