import kafkajs from 'kafkajs';
import { RetryableError } from '#lib/runtime';
import { eventually } from '../../../test/support/eventually.js';
import { numbered, offsetsRead, OwnLog, upTo } from '../../../test/support/own-log.js';

let log: OwnLog;
beforeAll(async () => {
  log = await OwnLog.open();
});
beforeEach(() => log.begin());
afterEach(() => log.stopReaders());
afterAll(() => log.close());

describe('Reading a log', () => {
  it('brings every message of every partition, in order and in chunks, what waits and what comes', async () => {
    const reader = log.reader();
    await log.write(0, numbered(0, 25));
    reader.start({ chunk: 10 });
    await log.write(1, numbered(0, 5));
    await eventually('the messages', async () => reader.read.length >= 30);
    await log.write(0, ['later']);
    await eventually('the later message', async () => reader.read.some(({ text }) => text === 'later'));
    expect(offsetsRead(reader, 0)).toEqual(upTo(26));
    expect(offsetsRead(reader, 1)).toEqual(upTo(5));
    expect(Math.max(...reader.batches.map(({ messages }) => messages.length))).toBeLessThanOrEqual(10);
    expect(reader.ready).toBe(true);
  });

  it('works on large messages a few at a time, however small they were compressed', async () => {
    const reader = log.reader();
    const large = log.kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
    await large.connect();
    const value = Buffer.alloc(900_000, 'x');
    for (let sent = 0; sent < 100; sent += 2)
      await large.send({
        topic: log.topic,
        compression: kafkajs.CompressionTypes.GZIP,
        messages: [
          { partition: 0, value },
          { partition: 0, value },
        ],
      });
    await large.disconnect();
    await log.write(1, ['beside them']);
    const workedOn: number[] = [];
    reader.before = async ({ messages }) => void workedOn.push(messages.reduce((sum, { value }) => sum + value!.length, 0));
    reader.start();
    await eventually('the messages', async () => reader.read.length === 101);
    expect(offsetsRead(reader, 0)).toEqual(upTo(100));
    expect(offsetsRead(reader, 1)).toEqual([0]);
    expect(Math.max(...workedOn)).toBeLessThanOrEqual(8 * 1024 * 1024);
  });

  it('goes on from the reader’s own offsets, whatever Kafka has of the group', async () => {
    const reader = log.reader();
    await log.write(0, numbered(0, 20));
    reader.start();
    await eventually('the messages', async () => reader.read.length === 20);
    await reader.stop();
    reader.read.length = 0;
    reader.next.set(0, { nextOffset: 7, lastEventId: 'message 6' });
    reader.start();
    await eventually('the messages after the seventh', async () => reader.read.length >= 13);
    expect(offsetsRead(reader, 0)).toEqual(upTo(20).slice(7));
  });

  it('tries a batch again after a failure that may pass, and keeps the order', async () => {
    const reader = log.reader();
    await log.write(0, numbered(0, 30));
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
    const reader = log.reader();
    await log.write(0, numbered(0, 30));
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
