import { abortTransaction } from '../../../test/support/aborted-transaction.js';
import { eventually } from '../../../test/support/eventually.js';
import { numbered, offsetsRead, OwnLog } from '../../../test/support/own-log.js';

let log: OwnLog;
beforeAll(async () => {
  log = await OwnLog.open();
});
beforeEach(() => log.begin());
afterEach(() => log.stopReaders());
afterAll(() => log.close());

describe('A hole in a log', () => {
  it('is passed where it was asked for twice and holds no message: an aborted transaction', async () => {
    const reader = log.reader();
    await log.write(0, numbered(0, 3));
    await abortTransaction(log.kafka, log.topic, 0);
    await log.write(0, ['after the hole']);
    reader.start();
    await eventually('the message after the hole', async () => reader.read.at(-1)?.text === 'after the hole');
    expect(reader.read.map(({ text }) => text)).toEqual([...numbered(0, 3), 'after the hole']);
    expect(offsetsRead(reader, 0).at(-1)).toBeGreaterThan(3);
    expect(reader.halted).toBeUndefined();
  });

  it('is told where it ends the log, whether it was there before or comes later, and never taken for a message', async () => {
    const reader = log.reader();
    await log.write(0, numbered(0, 3));
    await abortTransaction(log.kafka, log.topic, 0);
    await abortTransaction(log.kafka, log.topic, 1);
    reader.start();
    await eventually('both holes', async () => reader.holes.length >= 2);
    expect(reader.holes.sort((a, b) => a.partition - b.partition)).toEqual([
      { topic: log.topic, partition: 0, from: 3, to: 5, highWatermark: 5 },
      { topic: log.topic, partition: 1, from: 0, to: 2, highWatermark: 2 },
    ]);
    await abortTransaction(log.kafka, log.topic, 0);
    await eventually('the hole that grew', async () => reader.holes.some(({ from, to }) => from === 3 && to === 7));
    await reader.stop();
    reader.holes.length = 0;
    reader.start();
    await eventually('the hole again, behind the message that was remembered', async () => reader.holes.some(({ to }) => to === 7));
    await log.write(0, ['after the hole']);
    await eventually('the message after the hole', async () => reader.read.length === 4);
    expect(offsetsRead(reader, 0)).toEqual([0, 1, 2, 7]);
    expect(reader.halted).toBeUndefined();
  });

  it('is not told of a log that is another than before', async () => {
    const reader = log.reader();
    await abortTransaction(log.kafka, log.topic, 0, 4);
    reader.next.set(0, { nextOffset: 2, lastEventId: 'message 1' });
    reader.start();
    await eventually('being ready', async () => reader.ready);
    await log.write(0, ['after the hole']);
    await eventually('the halt', async () => reader.halted !== undefined);
    expect(reader.halted).toMatchObject({ code: 'log-replaced' });
    expect(reader.holes).toEqual([]);
  });
});
