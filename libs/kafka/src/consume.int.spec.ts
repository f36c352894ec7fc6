import { randomBytes } from 'node:crypto';
import kafkajs from 'kafkajs';
import { createLogger, RetryableError } from '#lib/runtime';
import { abortTransaction } from '../../../test/support/aborted-transaction.js';
import { eventually } from '../../../test/support/eventually.js';
import { freshPrefix } from '../../../test/support/fresh.js';
import { stack } from '../../../test/support/stack.js';
import { connectKafka, type Kafka } from './connect-kafka.js';
import { consumeLog } from './consume.js';
import { HaltError } from './consume-errors.js';
import type { Hole, LogConsumption, LogMessage, PartitionBatch, TopicPartition } from './consume-options.js';
import { LogProducer } from './log-producer.js';
import { ensureTopics } from './topics.js';

let kafka: Kafka;
let producer: LogProducer;
let topic: string;
let consumption: LogConsumption | undefined;
beforeAll(async () => {
  kafka = connectKafka({ brokers: [(await stack()).kafkaBrokers], clientId: 'test' });
  producer = await LogProducer.open(kafka);
});
beforeEach(async () => {
  topic = `${freshPrefix()}log`;
  await ensureTopics(kafka, [{ name: topic, partitions: 2, config: {} }]);
});
afterEach(async () => {
  await consumption?.stop();
  consumption = undefined;
});
afterAll(() => producer.close());

/** A reader that keeps what it read, and its offsets, in memory. */
class Reader {
  readonly read: { partition: number; offset: number; text: string }[] = [];
  readonly next = new Map<number, { nextOffset: number; lastEventId: string | null }>();
  readonly batches: PartitionBatch[] = [];
  readonly holes: Hole[] = [];
  halted: HaltError | undefined;
  retries = 0;
  before: (batch: PartitionBatch) => Promise<'reread' | void> = async () => {};

  start(o: { chunk?: number; partitions?: number } = {}): void {
    consumption = consumeLog({
      kafka,
      groupId: `${topic}.group`,
      topics: [topic],
      logger: createLogger('test', 'silent'),
      chunk: o.chunk,
      partitions: o.partitions,
      startingPoints: async (assigned) => assigned.map((place) => ({ ...place, ...this.pointOf(place) })),
      verify: async ({ value }, _topic, lastEventId) => value?.toString('latin1') === lastEventId,
      apply: (batch) => this.apply(batch),
      passHole: async (hole) => void this.holes.push(hole),
      onHalt: (error) => (this.halted = error as HaltError),
      onRetry: () => (this.retries += 1),
    });
  }

  private pointOf({ partition }: TopicPartition) {
    return this.next.get(partition) ?? { nextOffset: 0, lastEventId: null };
  }

  private async apply(batch: PartitionBatch): Promise<'applied' | 'reread'> {
    if (await this.before(batch)) return 'reread';
    if (batch.from !== this.pointOf(batch).nextOffset) throw new Error('the batch does not start where the reader is');
    this.batches.push(batch);
    for (const { offset, value } of batch.messages) this.read.push({ partition: batch.partition, offset, text: value!.toString('latin1') });
    const last = batch.messages.at(-1) as LogMessage;
    this.next.set(batch.partition, { nextOffset: last.offset + 1, lastEventId: last.value!.toString('latin1') });
    return 'applied';
  }
}

const write = (partition: number, texts: string[]) =>
  producer.send(
    topic,
    texts.map((text) => ({ key: 'any', partition, value: Buffer.from(text, 'latin1') })),
  );
const numbered = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => `message ${from + index}`);
const offsetsRead = (reader: Reader, partition: number) =>
  reader.read.filter((read) => read.partition === partition).map(({ offset }) => offset);
const upTo = (to: number) => Array.from({ length: to }, (_, index) => index);

async function cutBefore(offset: number): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  // kafkajs only deletes from topics whose offsets it was asked for before.
  await admin.fetchTopicOffsets(topic);
  await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: String(offset) }] });
  await admin.disconnect();
}

async function makeAgain(texts: string[]): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  await admin.deleteTopics({ topics: [topic] });
  await eventually('the topic being gone', async () => !(await admin.listTopics()).includes(topic));
  await admin.disconnect();
  await ensureTopics(kafka, [{ name: topic, partitions: 2, config: {} }]);
  await eventually('the new log being filled', () => write(0, texts));
}

describe('Reading a log', () => {
  it('brings every message of every partition, in order and in chunks, what waits and what comes', async () => {
    const reader = new Reader();
    await write(0, numbered(0, 25));
    reader.start({ chunk: 10 });
    await write(1, numbered(0, 5));
    await eventually('the messages', async () => reader.read.length >= 30);
    await write(0, ['later']);
    await eventually('the later message', async () => reader.read.some(({ text }) => text === 'later'));
    expect(offsetsRead(reader, 0)).toEqual(upTo(26));
    expect(offsetsRead(reader, 1)).toEqual(upTo(5));
    expect(Math.max(...reader.batches.map(({ messages }) => messages.length))).toBeLessThanOrEqual(10);
    expect(consumption!.ready()).toBe(true);
  });

  it('works on large messages a few at a time, however small they were compressed', async () => {
    const reader = new Reader();
    const large = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
    await large.connect();
    const value = Buffer.alloc(900_000, 'x');
    for (let sent = 0; sent < 100; sent += 2)
      await large.send({
        topic,
        compression: kafkajs.CompressionTypes.GZIP,
        messages: [
          { partition: 0, value },
          { partition: 0, value },
        ],
      });
    await large.disconnect();
    await write(1, ['beside them']);
    const workedOn: number[] = [];
    reader.before = async ({ messages }) => void workedOn.push(messages.reduce((sum, { value }) => sum + value!.length, 0));
    reader.start();
    await eventually('the messages', async () => reader.read.length === 101);
    expect(offsetsRead(reader, 0)).toEqual(upTo(100));
    expect(offsetsRead(reader, 1)).toEqual([0]);
    expect(Math.max(...workedOn)).toBeLessThanOrEqual(8 * 1024 * 1024);
  });

  it('goes on from the reader’s own offsets, whatever Kafka has of the group', async () => {
    const reader = new Reader();
    await write(0, numbered(0, 20));
    reader.start();
    await eventually('the messages', async () => reader.read.length === 20);
    await consumption!.stop();
    reader.read.length = 0;
    reader.next.set(0, { nextOffset: 7, lastEventId: 'message 6' });
    reader.start();
    await eventually('the messages after the seventh', async () => reader.read.length >= 13);
    expect(offsetsRead(reader, 0)).toEqual(upTo(20).slice(7));
  });

  it('tries a batch again after a failure that may pass, and keeps the order', async () => {
    const reader = new Reader();
    await write(0, numbered(0, 30));
    let failures = 3;
    reader.before = async () => {
      if (failures-- > 0) throw new RetryableError('database-away', 'the database is away');
    };
    reader.start({ chunk: 10 });
    await eventually('the messages', async () => reader.read.length >= 30);
    expect(offsetsRead(reader, 0)).toEqual(upTo(30));
    expect(reader.retries).toBe(3);
    expect(reader.halted).toBeUndefined();
  });

  it('asks for the starting point again when the reader’s offset has moved', async () => {
    const reader = new Reader();
    await write(0, numbered(0, 30));
    let moved = false;
    reader.before = async ({ from }) => {
      if (moved || from !== 20) return undefined;
      moved = true;
      reader.next.set(0, { nextOffset: 5, lastEventId: 'message 4' });
      return 'reread';
    };
    reader.start({ chunk: 10 });
    await eventually('the end', async () => reader.read.at(-1)?.offset === 29);
    expect(offsetsRead(reader, 0)).toEqual([...upTo(20), ...upTo(30).slice(5)]);
  });
});

describe('A hole in a log', () => {
  it('is passed where it was asked for twice and holds no message: an aborted transaction', async () => {
    const reader = new Reader();
    await write(0, numbered(0, 3));
    await abortTransaction(kafka, topic, 0);
    await write(0, ['after the hole']);
    reader.start();
    await eventually('the message after the hole', async () => reader.read.at(-1)?.text === 'after the hole');
    expect(reader.read.map(({ text }) => text)).toEqual([...numbered(0, 3), 'after the hole']);
    expect(offsetsRead(reader, 0).at(-1)).toBeGreaterThan(3);
    expect(reader.halted).toBeUndefined();
  });

  it('is told where it ends the log, whether it was there before or comes later, and never taken for a message', async () => {
    const reader = new Reader();
    await write(0, numbered(0, 3));
    await abortTransaction(kafka, topic, 0);
    await abortTransaction(kafka, topic, 1);
    reader.start();
    await eventually('both holes', async () => reader.holes.length >= 2);
    expect(reader.holes.sort((a, b) => a.partition - b.partition)).toEqual([
      { topic, partition: 0, from: 3, to: 5, highWatermark: 5 },
      { topic, partition: 1, from: 0, to: 2, highWatermark: 2 },
    ]);
    await abortTransaction(kafka, topic, 0);
    await eventually('the hole that grew', async () => reader.holes.some(({ from, to }) => from === 3 && to === 7));
    await consumption!.stop();
    reader.holes.length = 0;
    reader.start();
    await eventually('the hole again, behind the message that was remembered', async () => reader.holes.some(({ to }) => to === 7));
    await write(0, ['after the hole']);
    await eventually('the message after the hole', async () => reader.read.length === 4);
    expect(offsetsRead(reader, 0)).toEqual([0, 1, 2, 7]);
    expect(reader.halted).toBeUndefined();
  });

  it('is not told of a log that is another than before', async () => {
    const reader = new Reader();
    await abortTransaction(kafka, topic, 0, 4);
    reader.next.set(0, { nextOffset: 2, lastEventId: 'message 1' });
    reader.start();
    await eventually('being ready', async () => consumption!.ready());
    await write(0, ['after the hole']);
    await eventually('the halt', async () => reader.halted !== undefined);
    expect(reader.halted).toMatchObject({ code: 'log-replaced' });
    expect(reader.holes).toEqual([]);
  });
});

describe('Reading halts, and stays halted', () => {
  const halts = async (reader: Reader, ...codes: string[]) => {
    await eventually('the halt', async () => reader.halted !== undefined);
    expect(codes).toContain((reader.halted as { code?: string }).code);
    expect(reader.halted).toMatchObject({ retriable: false });
    expect(consumption!.ready()).toBe(false);
  };

  it('on a failure that is neither marked as passing nor parked', async () => {
    const reader = new Reader();
    await write(0, numbered(0, 3));
    reader.before = () => Promise.reject(new TypeError('a mistake of ours'));
    reader.start();
    await halts(reader, 'unexpected');
    expect(reader.read).toEqual([]);
  });

  it('when the reader’s offset moves on every look', async () => {
    const reader = new Reader();
    await write(0, numbered(0, 3));
    reader.before = async () => 'reread';
    reader.start();
    await halts(reader, 'checkpoint-moves');
  });

  it('when another message stands where the last one was read', async () => {
    const reader = new Reader();
    await write(0, numbered(0, 10));
    reader.next.set(0, { nextOffset: 5, lastEventId: 'something else' });
    reader.start();
    await halts(reader, 'log-replaced');
    expect(reader.read).toEqual([]);
  });

  it('when the log ends before what was read', async () => {
    const reader = new Reader();
    await write(0, numbered(0, 10));
    reader.next.set(0, { nextOffset: 50, lastEventId: 'message 49' });
    reader.start();
    await halts(reader, 'log-shorter');
  });

  it('when the log was cut before anything of it was read', async () => {
    const reader = new Reader();
    await write(0, numbered(0, 10));
    await cutBefore(4);
    reader.start();
    await halts(reader, 'log-truncated');
    expect(offsetsRead(reader, 0)).toEqual([]);
  });

  it('when the log is cut while it is read, where kafkajs would silently start anew', async () => {
    const reader = new Reader();
    const large = Array.from({ length: 40 }, () => randomBytes(150_000).toString('latin1'));
    for (const text of large) await write(0, [text]);
    let letGo = () => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    reader.before = () => held;
    reader.start({ chunk: 5 });
    await eventually('the first messages having come', async () => consumption!.ready());
    await cutBefore(39).finally(letGo);
    await halts(reader, 'log-truncated');
    const read = offsetsRead(reader, 0);
    expect(read.length).toBeLessThan(39);
    expect(read).toEqual(upTo(read.length));
  });

  it('when partitions are added to the log, while it is read and from then on', async () => {
    const reader = new Reader();
    await write(0, numbered(0, 10));
    reader.start({ partitions: 2 });
    await eventually('the messages', async () => reader.read.length === 10);
    const admin = kafka.admin();
    await admin.connect();
    await admin.createPartitions({ topicPartitions: [{ topic, count: 3 }] });
    await admin.disconnect();
    await eventually('the halt', async () => reader.halted !== undefined, { within: 20_000 });
    await halts(reader, 'partitions-changed');
    await consumption!.stop();
    const again = new Reader();
    again.start({ partitions: 2 });
    await halts(again, 'partitions-changed');
    expect(again.read).toEqual([]);
  });

  it('when the topic is deleted, made again and filled while it is read', async () => {
    const reader = new Reader();
    await write(0, numbered(0, 10));
    reader.start();
    await eventually('the messages', async () => reader.read.length === 10);
    await makeAgain(numbered(100, 150));
    // Shorter, where it is looked at before it is filled again.
    await halts(reader, 'log-replaced', 'log-shorter');
    expect(offsetsRead(reader, 0)).toEqual(upTo(10));
  });

  it('when that happens unseen, while a batch takes long', async () => {
    const reader = new Reader();
    await write(0, numbered(0, 10));
    let letGo = () => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    let come = false;
    reader.before = () => {
      come = true;
      return held;
    };
    reader.start();
    await eventually('the first messages', async () => come);
    await makeAgain(numbered(100, 150)).finally(() => setTimeout(letGo, 1_000));
    // Shorter, where it is looked at before it is filled again.
    await halts(reader, 'log-replaced', 'log-shorter');
    expect(offsetsRead(reader, 0)).toEqual(upTo(10));
  });
});
