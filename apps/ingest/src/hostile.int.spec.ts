import * as fc from 'fast-check';
import { pino } from 'pino';
import { anyEvent } from '../../../test/support/any-event.js';
import { appEnv } from '../../../test/support/app-env.js';
import { HOSTILE, MARK } from '../../../test/support/hostile.js';
import { postBody } from '../../../test/support/post-events.js';
import type { PublishAnswer } from '#lib/events';
import { describeError, type Running } from '#lib/runtime';
import { startIngest } from './start.js';

const STRANGE: unknown[] = [
  0,
  -0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  true,
  null,
  [],
  {},
  [[[]]],
  { [MARK]: MARK },
  // oxlint-disable-next-line unicorn/no-thenable -- what an await must not stumble over
  { then: MARK },
  { toString: MARK },
  { length: -1 },
];

/** JSON as text, so that what JSON.stringify would never write can be sent too. */
const RAW = [
  `{"type":"PersonRecorded","__proto__":{"recordId":"${MARK}"}}`,
  `{"type":"PersonRecorded","constructor":{"prototype":{"x":"${MARK}"}}}`,
  `{"type":"PersonRecorded","type":"${MARK}"}`,
  `{"recordId":"${MARK}","sourceVersion":{"position":9007199254740993,"epoch":1e400}}`,
  `{"sourceVersion":{"position":-0,"epoch":0.0}}`,
  `${'['.repeat(100_000)}"${MARK}"${']'.repeat(100_000)}`,
  `${'{"a":'.repeat(50_000)}"${MARK}"${'}'.repeat(50_000)}`,
  `{"${MARK} ":${'{"a":'.repeat(30)}1${'}'.repeat(30)}}`,
  `"${MARK}"`,
  MARK,
  `{"events":"${MARK}"}`,
  `{"type":"${MARK}","\\u005f_proto__":1}`,
  `[${Array.from({ length: 900 }, (_, n) => `{"x${n}":"${MARK}"}`).join(',')}]`,
];

describe('Whatever is sent to the door', () => {
  let ingest: Running;
  const logged: string[] = [];
  beforeAll(async () => {
    const logger = pino({ level: 'trace', serializers: { err: describeError } }, { write: (line) => void logged.push(line) });
    ingest = await startIngest(await appEnv(), logger);
  });
  afterAll(() => ingest?.stop());

  async function expectCalm(body: unknown): Promise<void> {
    const answer = await postBody(ingest.url, 'mosaic', body);
    const text = await answer.text();
    expect([200, 400, 413]).toContain(answer.status);
    expect(text).not.toContain(MARK);
  }

  it('never breaks the door, and never comes back in the answer', async () => {
    const [base] = fc.sample(anyEvent('childrens-social-care', ['PersonRecorded']), 1);
    for (const field of ['recordId', 'type', 'occurredAt', 'sourceVersion', 'names', 'dateOfBirth', 'gender', 'source', 'phone']) {
      await expectCalm({ events: [...HOSTILE, ...STRANGE].map((value) => ({ ...base, [field]: value })) });
    }
    await expectCalm({ events: HOSTILE.map((key) => ({ ...base, [key]: key })) });
    for (const body of RAW) await expectCalm(body);
  });

  it('never breaks the door when any event is damaged anywhere', async () => {
    const damages = fc.tuple(anyEvent('childrens-social-care'), fc.constantFrom(...HOSTILE, ...STRANGE), fc.nat(), fc.boolean());
    const events = fc.sample(damages, 600).map(([event, value, at, asKey]) => damaged(event, value, at, asKey));
    await expectCalm({ events });
  });

  it('never breaks the door as bytes', async () => {
    const bytes = fc.sample(fc.uint8Array({ minLength: 0, maxLength: 200 }), 150);
    for (const body of bytes) expect([200, 400]).toContain((await postBody(ingest.url, 'mosaic', body)).status);
  });

  it('leaves the door as it was: the next event is taken', async () => {
    const [event] = fc.sample(anyEvent('childrens-social-care'), 1);
    const { results } = (await (await postBody(ingest.url, 'mosaic', event)).json()) as PublishAnswer;
    expect(results).toMatchObject([{ status: 'accepted' }]);
    expect(({} as Record<string, unknown>).recordId).toBeUndefined();
  });

  it('is nowhere in the log lines or the metrics', async () => {
    const metrics = await (await fetch(`${ingest.url}/metrics`)).text();
    expect(logged.join('')).toContain('"msg":"answered"');
    expect(logged.join('')).not.toContain(MARK);
    expect(metrics).toContain('ingest_events_total');
    expect(metrics).not.toContain(MARK);
  });
});

/** Puts a value, or a field named by it, somewhere into the event. */
function damaged(event: object, value: unknown, at: number, asKey: boolean): object {
  const copy = structuredClone(event);
  const places: Record<string, unknown>[] = [];
  const look = (node: unknown) => {
    if (typeof node !== 'object' || node === null) return;
    places.push(node as Record<string, unknown>);
    for (const inner of Object.values(node)) look(inner);
  };
  look(copy);
  const place = places[at % places.length]!;
  const keys = Object.keys(place);
  if (asKey && typeof value === 'string') place[value] = value;
  else place[keys[at % keys.length] ?? 'x'] = value;
  return copy;
}
