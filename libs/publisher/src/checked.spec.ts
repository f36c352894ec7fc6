import { EVENT_TYPES, type EventOutcome, SourceEvent } from '#lib/events';
import { checked } from './check-events.js';
import { kafkaPublisher } from './kafka-publisher.js';
import type { EventToPublish, Publisher } from './publisher.js';
import * as say from './say.js';

const head = { recordId: 'r-1', sourceVersion: { epoch: 0, position: 1 }, occurredAt: '2026-03-01T09:00:00Z' };
const good = (n = 1) => say.openInvolvement({ ...head, recordId: `r-${n}`, involvementId: 'i-1', service: 'school' });
const bad = say.openInvolvement({ ...head, involvementId: 'i-2', service: 'shcool' as 'school' });
const MISSPELT = { pointer: '/service', rule: 'known-code', fix: 'Did you mean school?' };

/** A door that takes everything, and what it was given. */
function door() {
  const given: EventToPublish[] = [];
  const publisher: Publisher = {
    publish: async (events) => {
      given.push(...events);
      return {
        results: events.map((_, index): EventOutcome => ({ index, status: 'accepted', eventId: 'e', partition: 0, offset: index })),
      };
    },
  };
  return { publisher, given };
}

/** A landing topic, and what was written to it; it fails as told first. */
function topic(...failures: Error[]) {
  const written: { key: string; value: string }[] = [];
  const send = async (_: string, messages: { key: string; value: Buffer }[]) => {
    const failure = failures.shift();
    if (failure) throw failure;
    written.push(...messages.map(({ key, value }) => ({ key, value: value.toString() })));
    return messages.map((_, at) => ({ partition: 0, offset: written.length - messages.length + at }));
  };
  const encode = (event: SourceEvent) => Buffer.from(`${event.type} ${event.source}`);
  return { written, publisher: kafkaPublisher({ source: 'synergy', topic: 'landing.synergy', producer: { send }, encode }) };
}
const broken = (retriable: boolean) => Object.assign(new Error('no broker'), { retriable });

describe('Before anything is sent over HTTP', () => {
  it('what breaks the contract is answered with its problems, and the rest is sent in order', async () => {
    const { publisher, given } = door();
    const { results } = await checked('synergy', publisher).publish([good(1), bad, good(2)]);
    expect(given).toEqual([good(1), good(2)]);
    expect(results).toMatchObject([
      { index: 0, status: 'accepted', offset: 0 },
      { index: 1, status: 'rejected', problems: [MISSPELT] },
      { index: 2, status: 'accepted', offset: 1 },
    ]);
  });
});

describe('Over Kafka', () => {
  it('events are written in order, by record, and what breaks the contract is not', async () => {
    const { publisher, written } = topic();
    const checkedTo = say.sayChecked({
      sourceVersion: { epoch: 0, position: 2 },
      occurredAt: '2026-03-01T09:00:00Z',
      service: 'school',
      completeTo: '2026-03-01T09:00:00Z',
    });
    const { results } = await publisher.publish([good(1), bad, checkedTo]);
    expect(written).toEqual([
      { key: 'r-1', value: 'InvolvementOpened synergy' },
      { key: 'synergy', value: 'SourceChecked synergy' },
    ]);
    expect(results).toMatchObject([
      { index: 0, status: 'written', partition: 0, offset: 0 },
      { index: 1, status: 'rejected', problems: [MISSPELT] },
      { index: 2, status: 'written', offset: 1 },
    ]);
  });

  it('nothing is written when one only asks', async () => {
    const { publisher, written } = topic();
    const { results } = await publisher.publish([good(1), bad], { dryRun: true });
    expect(results.map(({ status }) => status)).toEqual(['valid', 'rejected']);
    expect(written).toEqual([]);
  });

  it('what may go better later is tried again, before anything that was given later', async () => {
    const { publisher, written } = topic(broken(true), broken(true));
    await Promise.all([publisher.publish([good(1)]), publisher.publish([good(2)])]);
    expect(written.map(({ key }) => key)).toEqual(['r-1', 'r-2']);
  });

  it('what can’t go better is told at once, and the next is tried all the same', async () => {
    const { publisher, written } = topic(broken(false));
    await expect(publisher.publish([good(1)])).rejects.toThrow('no broker');
    await publisher.publish([good(2)]);
    expect(written.map(({ key }) => key)).toEqual(['r-2']);
  });
});

test('There is a function for each event of the contract', () => {
  const types = Object.values(say).map((one) => (one as (content: object) => { type: string })({}).type);
  expect(types.sort()).toEqual([...EVENT_TYPES].sort());
});
