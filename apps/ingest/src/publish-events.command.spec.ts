import type { RejectedEvent } from '#lib/events';
import { RetryableError } from '#lib/runtime';
import type { CheckedEvent } from './check/check-event.js';
import { Deadline } from './deadline.js';
import type { EventLog } from './event-log.js';
import type { OtherDoors } from './other-doors.js';
import { PublishEvents, PublishEventsHandler } from './publish-events.command.js';
import type { Rejections } from './rejections.js';
import type { Sent } from './sent.js';
import { mosaic } from './sources/mosaic.js';
import type { KeyedEvent, SubjectKeys } from './subject-keys.js';
import { UnderWay } from './under-way.js';

const person = {
  type: 'PersonRecorded',
  recordId: 'r',
  sourceVersion: { epoch: 0, position: 1 },
  occurredAt: '2026-03-01T09:00:00Z',
  names: [{ family: 'Baker' }],
};
const sent = (...events: unknown[]) => events.map((event) => ({ event, findings: [] }));
const publish = (...events: unknown[]) => new PublishEvents(mosaic, sent(...events));

/** A handler whose keys can be held back, with what it wrote. */
function handler(within = 1_000) {
  const written: string[] = [];
  const refused: RejectedEvent[] = [];
  let keysThere: Promise<void> = Promise.resolve();
  const keys = {
    of: async (good: CheckedEvent[]) => {
      await keysThere;
      return { keyed: good as unknown as KeyedEvent[], erased: [] };
    },
    erasedAmong: async () => [],
  } as unknown as SubjectKeys;
  const log = {
    append: async (events: KeyedEvent[], earlier: Promise<void>) => {
      if (events.some(({ event }) => event.type === 'SourceChecked')) await earlier;
      written.push(...events.map(({ event }) => event.type));
      return events.map(({ index }) => ({ index, status: 'accepted', eventId: 'e', partition: 0, offset: 0 }));
    },
  } as unknown as EventLog;
  const counted = { note: () => undefined } as unknown as Sent;
  const doors = { behind: async () => undefined } as unknown as OtherDoors;
  const rejections = {
    publish: async (_: PublishEvents, rejected: RejectedEvent[]) => void refused.push(...rejected),
  } as unknown as Rejections;
  return {
    act: new PublishEventsHandler(keys, log, doors, rejections, counted, new UnderWay(), new Deadline(within)),
    written,
    refused,
    holdKeys(until: Promise<void>) {
      keysThere = until;
    },
  };
}

const looked = {
  type: 'SourceChecked',
  sourceVersion: person.sourceVersion,
  occurredAt: person.occurredAt,
  service: 'childrens-social-care',
  completeTo: person.occurredAt,
};

describe('Publishing events', () => {
  it('answers in the order sent, good and bad, and hands the bad to the rejections', async () => {
    const { act, written, refused } = handler();
    const { results } = await act.execute(publish(5, person, {}, person));
    expect(results.map(({ index, status }) => `${index} ${status}`)).toEqual(['0 rejected', '1 accepted', '2 rejected', '3 accepted']);
    expect(written).toEqual(['PersonRecorded', 'PersonRecorded']);
    expect(refused.map(({ index }) => index)).toEqual([0, 2]);
  });

  it('says “we looked” only after the requests that were there before it', async () => {
    const { act, written, holdKeys } = handler();
    const { promise, resolve } = Promise.withResolvers<void>();
    holdKeys(promise);
    const earlier = act.execute(publish(person));
    await new Promise((done) => setImmediate(done));
    holdKeys(Promise.resolve());
    const later = act.execute(publish(looked));
    await new Promise((done) => setImmediate(done));
    expect(written).toEqual([]);
    resolve();
    await Promise.all([earlier, later]);
    expect(written).toEqual(['PersonRecorded', 'SourceChecked']);
  });

  it('keeps nobody waiting for ever, and then calls nothing accepted', async () => {
    const { act, holdKeys } = handler(20);
    holdKeys(new Promise(() => undefined));
    await expect(act.execute(publish(person))).rejects.toThrow(RetryableError);
  });

  it('touches neither log nor rejections in a dry run', async () => {
    const { act, written, refused } = handler();
    const { results } = await act.execute(new PublishEvents(mosaic, sent(person, 5), { dryRun: true }));
    expect(results.map(({ status }) => status)).toEqual(['valid', 'rejected']);
    expect([written, refused]).toEqual([[], []]);
  });
});
