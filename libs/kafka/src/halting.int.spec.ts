import { randomBytes } from 'node:crypto';
import { eventually } from '../../../test/support/eventually.js';
import { type MemoryReader, numbered, offsetsRead, OwnLog, upTo } from '../../../test/support/own-log.js';

let log: OwnLog;
beforeAll(async () => {
  log = await OwnLog.open();
});
beforeEach(() => log.begin());
afterEach(() => log.stopReaders());
afterAll(() => log.close());

async function cutBefore(offset: number): Promise<void> {
  const admin = log.kafka.admin();
  await admin.connect();
  // kafkajs only deletes from topics whose offsets it was asked for before.
  await admin.fetchTopicOffsets(log.topic);
  await admin.deleteTopicRecords({ topic: log.topic, partitions: [{ partition: 0, offset: String(offset) }] });
  await admin.disconnect();
}

async function makeAgain(texts: string[]): Promise<void> {
  const admin = log.kafka.admin();
  await admin.connect();
  await admin.deleteTopics({ topics: [log.topic] });
  await eventually('the topic being gone', async () => !(await admin.listTopics()).includes(log.topic));
  await admin.disconnect();
  await log.make();
  await eventually('the new log being filled', () => log.write(0, texts));
}

describe('Reading halts, and stays halted', () => {
  const halts = async (reader: MemoryReader, ...codes: string[]) => {
    await eventually('the halt', async () => reader.halted !== undefined);
    expect(codes).toContain(reader.halted?.code);
    expect(reader.halted).toMatchObject({ retriable: false });
    expect(reader.ready).toBe(false);
  };

  it('on a failure that is neither marked as passing nor parked', async () => {
    const reader = log.reader();
    await log.write(0, numbered(0, 3));
    reader.before = () => Promise.reject(new TypeError('a mistake of ours'));
    reader.start();
    await halts(reader, 'unexpected');
    expect(reader.read).toEqual([]);
  });

  it('when the reader’s offset moves on every look', async () => {
    const reader = log.reader();
    await log.write(0, numbered(0, 3));
    reader.before = async () => 'reread';
    reader.start();
    await halts(reader, 'checkpoint-moves');
  });

  it('when another message stands where the last one was read', async () => {
    const reader = log.reader();
    await log.write(0, numbered(0, 10));
    reader.next.set(0, { nextOffset: 5, lastEventId: 'something else' });
    reader.start();
    await halts(reader, 'log-replaced');
    expect(reader.read).toEqual([]);
  });

  it('when the log ends before what was read', async () => {
    const reader = log.reader();
    await log.write(0, numbered(0, 10));
    reader.next.set(0, { nextOffset: 50, lastEventId: 'message 49' });
    reader.start();
    await halts(reader, 'log-shorter');
  });

  it('when the log was cut before anything of it was read', async () => {
    const reader = log.reader();
    await log.write(0, numbered(0, 10));
    await cutBefore(4);
    reader.start();
    await halts(reader, 'log-truncated');
    expect(offsetsRead(reader, 0)).toEqual([]);
  });

  it('when the log is cut while it is read, where kafkajs would silently start anew', async () => {
    const reader = log.reader();
    const large = Array.from({ length: 40 }, () => randomBytes(150_000).toString('latin1'));
    for (const text of large) await log.write(0, [text]);
    let letGo = () => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    reader.before = () => held;
    reader.start({ chunk: 5 });
    await eventually('the first messages having come', async () => reader.ready);
    await cutBefore(39).finally(letGo);
    await halts(reader, 'log-truncated');
    const read = offsetsRead(reader, 0);
    expect(read.length).toBeLessThan(39);
    expect(read).toEqual(upTo(read.length));
  });

  it('when partitions are added to the log, while it is read and from then on', async () => {
    const reader = log.reader();
    await log.write(0, numbered(0, 10));
    reader.start({ partitions: 2 });
    await eventually('the messages', async () => reader.read.length === 10);
    const admin = log.kafka.admin();
    await admin.connect();
    await admin.createPartitions({ topicPartitions: [{ topic: log.topic, count: 3 }] });
    await admin.disconnect();
    await eventually('the halt', async () => reader.halted !== undefined, { within: 20_000 });
    await halts(reader, 'partitions-changed');
    await reader.stop();
    const again = log.reader();
    again.start({ partitions: 2 });
    await halts(again, 'partitions-changed');
    expect(again.read).toEqual([]);
  });

  it('when the topic is deleted, made again and filled while it is read', async () => {
    const reader = log.reader();
    await log.write(0, numbered(0, 10));
    reader.start();
    await eventually('the messages', async () => reader.read.length === 10);
    await makeAgain(numbered(100, 150));
    // Shorter, where it is looked at before it is filled again.
    await halts(reader, 'log-replaced', 'log-shorter');
    expect(offsetsRead(reader, 0)).toEqual(upTo(10));
  });

  it('when that happens unseen, while a batch takes long', async () => {
    const reader = log.reader();
    await log.write(0, numbered(0, 10));
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
