import { randomUUID } from 'node:crypto';
import { createLogger } from '#lib/runtime';
import { appEnv } from '../../../test/support/app-env.js';
import { eventually } from '../../../test/support/eventually.js';
import { freshDatabase } from '../../../test/support/fresh.js';
import { openIngest } from '../../../test/support/open-ingest.js';
import { ops } from '../../../test/support/ops.js';
import { Connector } from '../../../test/support/captured.js';
import { FileDoor } from '../../../test/support/post-file.js';
import { postEvents } from '../../../test/support/post-events.js';
import { Reachable } from './reachable.js';
import { Sent } from './sent.js';
import { mosaic } from './sources/mosaic.js';
import { startIngest } from './start.js';
import { Database } from './state/database.js';

const HEADER =
  'EH number,Episode,Name,DOB,M/F,Address,Postcode,Mosaic number,Phone,Cluster,Team,Lead worker,Role,Lead worker phone,Lead worker email,Coordinating?,Date opened,Date closed,Outcome';

it('What is sent is counted by source, door, sender and day, with what of it was refused', async () => {
  const env = await appEnv();
  const ingest = await startIngest(env);
  const event = {
    type: 'PersonRecorded',
    recordId: randomUUID(),
    sourceVersion: { epoch: 1, position: 1 },
    occurredAt: '2026-03-01T09:00:00Z',
  };
  await postEvents(ingest.url, 'mosaic', [{ ...event, names: [{ family: 'Baker' }] }, event]);
  await postEvents(ingest.url, 'mosaic', [{ ...event, names: [{ family: 'Baker' }] }]);
  await postEvents(ingest.url, 'mosaic', [{ ...event, names: [{ family: 'Baker' }] }], { query: '?dryRun=true' });
  const rows = Array.from({ length: 25 }, (_, n) => `EH-${n},1,Ash Baker,,,,,,,,,,,,,,01/02/2025,,`);
  await new FileDoor(ingest.url, 'cluster-lists').publish('episodes', '2026-11-20T05:00:00Z', [HEADER, ...rows]);
  const capturing = await openIngest(env);
  const people = { PERSON_ID: randomUUID(), LAST_NAME: 'Ashdown', FIRST_NAMES: 'Freya', DELETED: 'N' };
  await capturing.capture(mosaic).take([new Connector(mosaic).insert('people', people)], async () => undefined);
  await capturing.close();
  await ingest.stop();
  const { text } = await eventually('what was sent', () => ops(env, 'sent', '--json'));
  expect(JSON.parse(text)).toMatchObject([
    { source: 'cluster-lists', door: 'csv', accepted: 51, rejected: 0 },
    { source: 'mosaic', door: 'cdc', sender: 'connect', accepted: 1, rejected: 0 },
    { source: 'mosaic', door: 'http', sender: 'mosaic', accepted: 2, rejected: 1 },
  ]);
});

describe('What was sent', () => {
  let database: Database;
  beforeAll(async () => {
    database = await Database.open(await freshDatabase('sent'));
  });
  afterAll(() => database?.close());

  const counting = () => new Sent(new Reachable(async () => database), createLogger('ingest', 'silent'));
  const note = (sent: Sent, sender: string, refused: number, door: 'http' | 'csv' = 'http') =>
    sent.note('mosaic', { door, sender }, { results: Array.from({ length: refused }, (_, index) => ({ index, status: 'rejected', problems: [] })) }); // prettier-ignore
  const heldOf = (sender: string) =>
    database.query<{ door: string; rejected: number; first_at: Date; last_at: Date }>('SELECT * FROM ingest.sent WHERE sender = $1', [
      sender,
    ]);
  const waiting = () =>
    database.query<{ pid: number }>(`SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`);
  const aWhile = () => new Promise((resolve) => setTimeout(resolve, 20));

  it('by two doors at once is counted together, from the first of it until the last, whichever is written first', async () => {
    const [one, other] = [counting(), counting()];
    const begun = Date.now();
    note(one, 'two doors', 2);
    await aWhile();
    const between = Date.now();
    note(other, 'two doors', 3);
    await other.onModuleDestroy();
    await one.onModuleDestroy();
    const [held] = await heldOf('two doors');
    expect(held!.rejected).toBe(5);
    expect(held!.first_at.getTime()).toBeGreaterThanOrEqual(begun);
    expect(held!.first_at.getTime()).toBeLessThan(between);
    expect(held!.last_at.getTime()).toBeGreaterThanOrEqual(between);
  });

  it('is counted door by door, also of one sender', async () => {
    const sent = counting();
    note(sent, 'one sender', 2, 'http');
    note(sent, 'one sender', 3, 'csv');
    await sent.onModuleDestroy();
    expect((await heldOf('one sender')).map(({ door, rejected }) => `${door} ${rejected}`).sort()).toEqual(['csv 3', 'http 2']);
  });

  it('and could not be counted is counted later, with what came meanwhile, and once', async () => {
    const sent = counting();
    const begun = Date.now();
    note(sent, 'later', 2);
    const between = await database.transaction(async (client) => {
      await client.query('LOCK TABLE ingest.sent');
      const ended = sent.onModuleDestroy();
      await eventually('it waits', async () => (await waiting()).length === 1);
      await aWhile();
      const now = Date.now();
      note(sent, 'later', 3);
      await database.query('SELECT pg_cancel_backend($1)', [(await waiting())[0]!.pid]);
      await ended;
      return now;
    });
    expect(await heldOf('later')).toEqual([]);
    await sent.onModuleDestroy();
    await sent.onModuleDestroy();
    const [held] = await heldOf('later');
    expect(held!.rejected).toBe(5);
    expect(held!.first_at.getTime()).toBeGreaterThanOrEqual(begun);
    expect(held!.first_at.getTime()).toBeLessThan(between);
    expect(held!.last_at.getTime()).toBeGreaterThanOrEqual(between);
  });
});
