import { randomBytes, randomUUID } from 'node:crypto';
import { SourceEvent } from '#lib/events';
import { type LogRecord, LogUnavailableError, SchemaStore } from '#lib/kafka';
import { eventIdOf, type SubjectKey } from '#lib/sealing';
import { EventLog, type LogWriter } from './event-log.js';
import { Reachable } from './reachable.js';
import type { KeyedEvent } from './subject-keys.js';
import { UnderWay } from './under-way.js';

/** A log that remembers what it was sent, and fails at the send of the given number. */
function fakeLog(failAt = Infinity) {
  const sends: LogRecord[][] = [];
  const producer = {
    send: async (_topic: string, records: LogRecord[]) => {
      if (sends.push(records) > failAt) throw new LogUnavailableError('not acknowledged');
      return records.map((record, offset) => ({ partition: record.partition ?? 0, offset }));
    },
  };
  const codec = { encodeEnvelope: (envelope: object) => Buffer.from(JSON.stringify(envelope)) };
  const writer = { schemas: SchemaStore.open(), codec, producer } as unknown as LogWriter;
  return { log: new EventLog(new Reachable(async () => writer), 'log', 3), sends };
}

const key = () => {
  const subject = randomUUID();
  return { subject, keyId: subject, sealing: randomBytes(32), ids: randomBytes(32), digests: randomBytes(32) } as unknown as SubjectKey;
};
const HEAD = { source: 'mosaic', sourceVersion: { epoch: 0, position: 1 }, occurredAt: '2026-03-01T09:00:00Z' };
const removed = (index: number): KeyedEvent => ({
  index,
  key: key(),
  event: SourceEvent.parse({ type: 'PersonRemoved', ...HEAD, recordId: `r-${index}`, reason: 'withdrawn' }),
});
const checked = (index: number): KeyedEvent => ({
  index,
  key: key(),
  event: SourceEvent.parse({ type: 'SourceChecked', ...HEAD, service: 'school', completeTo: '2026-03-01T09:00:00Z' }),
});
const nothingEarlier = Promise.resolve();

describe('What ingest writes to the log', () => {
  it('goes in one piece, but for “we looked”, which waits for the acknowledgement of what came before', async () => {
    const { log, sends } = fakeLog();
    const events = [removed(0), removed(1), checked(2), checked(3), removed(4)];
    const accepted = await log.append(events, nothingEarlier);
    expect(sends.map((records) => records.map(({ partition }) => partition))).toEqual([
      [undefined, undefined],
      [0, 1, 2, 0, 1, 2],
      [undefined],
    ]);
    expect(accepted.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
    expect(accepted[3]).toMatchObject({
      places: [
        { partition: 0, offset: 3 },
        { partition: 1, offset: 4 },
        { partition: 2, offset: 5 },
      ],
    });
  });

  it('is accepted as a whole or not at all, however much of it was acknowledged', async () => {
    const { log, sends } = fakeLog(1);
    await expect(log.append([removed(0), checked(1)], nothingEarlier)).rejects.toMatchObject({ retriable: true });
    expect(sends).toHaveLength(2);
  });

  it('holds no “we looked” when an earlier request of the source has failed', async () => {
    const underWay = new UnderWay();
    const failing = underWay.add('mosaic', Promise.reject(new LogUnavailableError('not acknowledged')));
    const earlier = underWay.of('mosaic');
    await expect(failing).rejects.toThrow('not acknowledged');
    const { log, sends } = fakeLog();
    await expect(log.append([removed(0), checked(1)], earlier)).rejects.toMatchObject({ code: 'earlier-events-not-published' });
    expect(sends).toHaveLength(1);
  });

  it('waits for no other source', async () => {
    const underWay = new UnderWay();
    void underWay.add('niche', new Promise(() => undefined));
    await expect(underWay.of('mosaic')).resolves.toBeUndefined();
  });

  it('names an event by fact and version, under its record’s own key', async () => {
    const event = removed(0);
    const [accepted] = await fakeLog().log.append([event], nothingEarlier);
    expect(accepted?.eventId).toBe(eventIdOf(event.key, ['PersonRemoved', 0, 1]));
  });
});
