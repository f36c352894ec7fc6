import * as fc from 'fast-check';
import { anyEvent } from '../../../test/support/any-event.js';
import { appEnv } from '../../../test/support/app-env.js';
import { type LoggedEvent, loggedEvents } from '../../../test/support/open-envelopes.js';
import { postEvents } from '../../../test/support/post-events.js';
import { type AcceptedEvent, SourceEvent, type SourceEventInput, valueAt } from '#lib/events';
import type { Running } from '#lib/runtime';
import { startIngest } from './start.js';

describe('What a source writes', () => {
  let env: Record<string, string>;
  let ingest: Running;
  beforeAll(async () => {
    env = await appEnv();
    ingest = await startIngest(env);
  });
  afterAll(() => ingest?.stop());

  it('is accepted whenever it keeps the contract, and stands in the log to the letter', async () => {
    const batches = fc.sample(fc.array(anyEvent('childrens-social-care'), { minLength: 20, maxLength: 40 }), 10);
    const sent = new Map<string, SourceEventInput>();
    for (const events of batches) {
      const results = await postEvents(ingest.url, 'mosaic', events);
      expect(results.filter(({ status }) => status !== 'accepted')).toEqual([]);
      // two events of one record, fact and version have one id, and either may be found under it: they are sent apart
      results.forEach((outcome, at) => {
        const { eventId } = outcome as AcceptedEvent;
        if (sent.has(eventId)) sent.set(eventId, { ...events[at]!, recordId: 'twice' } as SourceEventInput);
        else sent.set(eventId, events[at]!);
      });
    }
    const logged = new Map((await loggedEvents(env)).map((entry) => [entry.event.eventId, entry]));
    const once = [...sent].filter(([, event]) => !('recordId' in event && event.recordId === 'twice'));
    expect(once.length).toBeGreaterThan(150);
    for (const [eventId, event] of once) expectToTheLetter(event, logged.get(eventId));
  });
});

const longest = (length: number) => '李'.repeat(length);

describe('The largest event the contract allows', () => {
  it('is accepted', async () => {
    const ingest = await startIngest(await appEnv());
    const name = { family: longest(200), given: Array.from({ length: 10 }, () => longest(200)) };
    const address = { lines: Array.from({ length: 8 }, () => longest(200)), postcode: longest(16), kind: 'correspondence' };
    const person = {
      type: 'PersonRecorded',
      recordId: longest(200),
      sourceVersion: { epoch: 2_147_483_647, position: 9_007_199_254_740_990 },
      occurredAt: '2026-03-01T09:00:00Z',
      names: Array.from({ length: 30 }, () => name),
      addresses: Array.from({ length: 30 }, () => address),
      identifiers: Array.from({ length: 20 }, () => ({ type: 'national-insurance', value: longest(100) })),
    };
    expect(await postEvents(ingest.url, 'mosaic', [person, person, person])).toMatchObject([{ status: 'accepted' }, {}, {}]);
    await ingest.stop();
  });
});

const OTHERS = ['otherRecordId', 'newRecordId'];
const INSTANTS = ['occurredAt', 'completeTo', 'confirmedAt'];

function expectToTheLetter(event: SourceEventInput, logged: LoggedEvent | undefined): void {
  const { eventId: _, ...inLog } = logged!.event;
  const expected = SourceEvent.parse({ ...event, source: 'mosaic' });
  for (const other of OTHERS) if (other in inLog) Object.assign(expected, { [other]: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  expect(inLog).toEqual(expected);
  // and without the contract's own parser between: every text, number and flag as it was sent
  for (const { path, value } of leavesOf(event)) {
    if (!OTHERS.includes(String(path[0])) && !INSTANTS.includes(String(path[0])) && value !== null) {
      expect({ path, value: valueAt(inLog, path) }).toEqual({ path, value });
    }
  }
}

function leavesOf(value: unknown, path: (string | number)[] = []): { path: (string | number)[]; value: unknown }[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([step, inner]) => leavesOf(inner, [...path, step]));
}
