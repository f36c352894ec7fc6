import { Pool } from 'pg';
import { SourceEvent } from '#lib/events';
import {
  allGenerations,
  askForGeneration,
  askRequest,
  dropGeneration,
  generationNumbered,
  isKeptUp,
  liveGeneration,
  openReadModel,
  type ReadModelPool,
  requestOf,
  type RequestVerb,
  steerBuild,
  switchGeneration,
} from '#lib/read-model';
import type { Running } from '#lib/runtime';
import { appEnv } from '../../../../test/support/app-env.js';
import { eventually } from '../../../../test/support/eventually.js';
import { SealedLog } from '../../../../test/support/sealed-log.js';
import { startProjector } from '../start.js';

let env: Record<string, string>;
let log: SealedLog;
let pool: ReadModelPool;
let running: Running[] = [];
beforeAll(async () => {
  env = await appEnv({ PROJECTOR_BATCH: '200', PROJECTOR_CHECK_SECONDS: '0', LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent' });
  log = await SealedLog.open(env);
  pool = openReadModel(env.READ_MODEL_URL!);
  running = await Promise.all([startProjector(env), startProjector({ ...env, PROJECTOR_TASK: 'upkeep' })]);
});
afterAll(async () => {
  await Promise.all(running.map((app) => app.stop()));
  await log.close();
  await pool.end();
});

let position = 0;
const involvements = (count: number, name: string): SourceEvent[] =>
  Array.from({ length: count }, (_, index) =>
    SourceEvent.parse({
      type: 'InvolvementOpened',
      source: 'mosaic',
      recordId: `7${index % 40}`,
      sourceVersion: { epoch: 0, position: (position += 1) },
      occurredAt: '2026-05-01T09:00:00Z',
      involvementId: `${name}-${index}`,
      service: 'childrens-social-care',
    }),
  );

const value = async <T>(sql: string, values: unknown[] = []): Promise<T> =>
  ((await pool.query({ text: sql, values, rowMode: 'array' })).rows as [T][])[0]![0];
const held = (schema: string) => value<number>(`SELECT count(*)::int FROM ${schema}.involvement`);
const settled = (schema: string, count: number) =>
  eventually(`${count} involvements in ${schema}`, async () => (await held(schema)) === count, { within: 20_000 });

async function ask(verb: RequestVerb, args: Record<string, unknown>) {
  const id = await askRequest(pool, { verb, arguments: args, askedBy: 'test', reason: 'test' });
  await eventually(`${verb} being done`, async () => (await requestOf(pool, id))?.endedAt != null, { within: 25_000 });
  return (await requestOf(pool, id))!;
}

const ready = (id: number) =>
  eventually(`generation ${id} being ready`, async () => (await generationNumbered(pool, id)).state === 'ready', { within: 25_000 });

describe('A generation built beside the live one', () => {
  it('is folded from the beginning, keeps up, is found the same, goes live and back again', async () => {
    await log.publish(involvements(2_000, 'first'));
    await settled('read_1', 2_000);
    const id = await askForGeneration(pool);
    await ready(id);
    expect(await held('read_2')).toBe(2_000);
    const indexes = await value<number>(`SELECT count(*)::int FROM pg_indexes WHERE schemaname = 'read_2'`);
    expect(indexes).toBe(await value<number>(`SELECT count(*)::int FROM pg_indexes WHERE schemaname = 'read_1'`));

    await log.publish(involvements(100, 'later'));
    await settled('read_2', 2_100);
    await settled('read_1', 2_100);
    await expect(switchGeneration(pool, { to: id })).rejects.toMatchObject({ code: 'not-compared' });
    const compared = await ask('compare', { generation: id });
    expect(compared).toMatchObject({ state: 'done', outcome: { differences: 0, undecided: 0 } });
    expect(Number(compared.outcome!.rows)).toBeGreaterThanOrEqual(2_100);
    await eventually('a projector keeping it up', () => isKeptUp(pool, id));
    expect(await switchGeneration(pool, { to: id })).toEqual({ from: 1, to: 2 });
    expect(await liveGeneration(pool)).toMatchObject({ id: 2, schema: 'read_2' });

    await log.publish(involvements(50, 'after'));
    await settled('read_1', 2_150);
    await settled('read_2', 2_150);
    expect(await switchGeneration(pool, { to: 1 })).toEqual({ from: 2, to: 1 });
  });

  it('is not switched to where a row differs, unless somebody answers for it', async () => {
    await pool.query(`UPDATE read_2.involvement SET team = 'Nobody' WHERE involvement_id = 'first-7'`);
    const { id, outcome } = await ask('compare', { generation: 2 });
    expect(outcome).toMatchObject({ differences: 1 });
    const { rows } = await pool.query('SELECT table_name, field, here, there FROM control.difference WHERE comparison = $1', [id]);
    expect(rows).toEqual([{ table_name: 'involvement', field: 'team', here: null, there: expect.stringMatching(/^[0-9a-f]{12}$/) }]);
    await pool.query(`UPDATE control.generation SET state = 'ready' WHERE id = 2`);
    await expect(switchGeneration(pool, { to: 2 })).rejects.toMatchObject({ code: 'differences' });
    expect(await switchGeneration(pool, { to: 2, approved: 'the team was renamed' })).toEqual({ from: 1, to: 2 });
    await switchGeneration(pool, { to: 1 });
    await dropGeneration(pool, 2);
    expect(await value('SELECT count(*)::int FROM information_schema.schemata WHERE schema_name = $1', ['read_2'])).toBe(0);
  });

  it('waits while it is paused, is slowed down, and leaves nothing when it is cancelled', async () => {
    const id = await askForGeneration(pool, { throttle: 200 });
    await expect(askForGeneration(pool)).rejects.toMatchObject({ code: 'build-under-way' });
    await eventually('some events', async () => (await generationNumbered(pool, id)).eventsDone > 0);
    await steerBuild(pool, { wanted: 'pause' });
    const stands = () => value<number>('SELECT sum(next_offset)::int FROM read_3.checkpoint');
    await eventually('the build standing still', async () => {
      const before = await stands();
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      return (await stands()) === before;
    });
    expect(await stands()).toBeLessThan(2_150);
    await expect(switchGeneration(pool, { to: id })).rejects.toMatchObject({ code: 'wrong-generation' });
    await steerBuild(pool, { wanted: 'cancel' });
    await eventually('it being dropped', async () => (await generationNumbered(pool, id)).state === 'dropped');
    expect(await value('SELECT count(*)::int FROM information_schema.schemata WHERE schema_name = $1', ['read_3'])).toBe(0);
  });

  it('goes on where it was when its builder is stopped in the middle', async () => {
    const id = await askForGeneration(pool, { throttle: 400 });
    await eventually('some events', async () => (await generationNumbered(pool, id)).eventsDone > 0);
    await running.pop()!.stop();
    const before = (await generationNumbered(pool, id)).eventsDone;
    running.push(await startProjector({ ...env, PROJECTOR_TASK: 'upkeep' }));
    await steerBuild(pool, { throttle: null });
    await ready(id);
    expect(before).toBeLessThan(2_150);
    expect(await held(`read_${id}`)).toBe(2_150);
    expect((await allGenerations(pool)).filter(({ state }) => state === 'live')).toHaveLength(1);
  });
});

describe('What was parked', () => {
  it('is applied once when what was missing is there, and counted over', async () => {
    const keyStore = new Pool({ connectionString: env.KEY_STORE_URL! });
    const [key] = await log.keys.subjectsFor([{ source: 'mosaic', recordId: '7777' }]);
    await keyStore.query('CREATE TABLE away AS SELECT * FROM data_key WHERE subject = $1', [key!.subject]);
    await keyStore.query('DELETE FROM data_key WHERE subject = $1', [key!.subject]);
    await log.publishRaw([
      { key: key!.subject, value: log.sealed({ ...involvements(1, 'held')[0]!, recordId: '7777' } as SourceEvent, key!) },
    ]);
    const parked = () => value<number>('SELECT count(*)::int FROM read_1.parked');
    await eventually('one parked event', async () => (await parked()) === 1);
    expect(await ask('redrive', { code: 'key-missing' })).toMatchObject({ outcome: { released: 0, refused: 1, stillParked: 1 } });
    expect(await value('SELECT attempts FROM read_1.parked')).toBe(2);
    await keyStore.query('INSERT INTO data_key SELECT * FROM away');
    await keyStore.end();
    expect(await ask('redrive', { source: 'mosaic' })).toMatchObject({ outcome: { released: 1, refused: 0, stillParked: 0 } });
    expect(await parked()).toBe(0);
    expect(await value('SELECT count(*)::int FROM read_1.involvement WHERE involvement_id = $1', ['held-0'])).toBe(1);
    const [tally] = (
      await pool.query('SELECT sum(received)::int r, sum(applied)::int a, sum(superseded)::int s, sum(parked)::int p FROM read_1.tally')
    ).rows;
    expect(tally).toMatchObject({ r: 2_151, a: 2_151, s: 0, p: 0 });
  });

  it('is let go for good when it is discarded', async () => {
    await log.publishRaw([{ key: '88888888-0000-0000-0000-000000000000', value: Buffer.from('noise that nobody can read') }]);
    await eventually('one parked event', async () => (await value<number>('SELECT count(*)::int FROM read_1.parked')) === 1);
    expect(await ask('discard', { code: 'undecodable' })).toMatchObject({ outcome: { discarded: 1 } });
    expect(await value('SELECT count(*)::int FROM read_1.parked')).toBe(0);
    expect(await value('SELECT sum(discarded)::int FROM read_1.tally')).toBe(1);
  });

  it('stays discarded in a generation that is built later', async () => {
    const id = await askForGeneration(pool);
    await ready(id);
    expect(await value(`SELECT count(*)::int FROM read_${id}.parked`)).toBe(0);
    expect(await value(`SELECT sum(discarded)::int FROM read_${id}.tally`)).toBe(1);
    await dropGeneration(pool, id);
  });
});

describe('Applying again', () => {
  it('puts back what was lost and changes nothing else', async () => {
    const digest = () => value<string>(`SELECT md5(string_agg(i::text, '' ORDER BY involvement_id)) FROM read_1.involvement i`);
    const before = await digest();
    expect(await ask('replay', { dryRun: true })).toMatchObject({ outcome: { read: 2_152, applied: 2_152, dryRun: true } });
    await pool.query(`DELETE FROM read_1.involvement WHERE involvement_id LIKE 'later-1%'`);
    const received = await value<number>('SELECT sum(received)::int FROM read_1.tally');
    expect(await ask('replay', { source: 'mosaic' })).toMatchObject({ state: 'done', outcome: { applied: 2_151 } });
    expect(await digest()).toBe(before);
    expect(await value('SELECT sum(received)::int FROM read_1.tally')).toBe(received);
  });

  it('counts the events of one subject alone', async () => {
    const [key] = await log.keys.subjectsFor([{ source: 'mosaic', recordId: '71' }]);
    const own = (await pool.query('SELECT count(*)::int AS own FROM read_1.involvement WHERE subject = $1', [key!.subject])).rows;
    expect(await ask('replay', { subject: key!.subject, dryRun: true })).toMatchObject({
      outcome: { applied: (own[0] as { own: number }).own },
    });
  });
});

describe('Checking against the log', () => {
  it('finds nothing where nothing is wrong, and the field that somebody changed by hand', async () => {
    const keys = await log.keys.subjectsFor([...Array(40).keys()].map((index) => ({ source: 'mosaic', recordId: `7${index}` })));
    await log.decide(
      keys.map(({ subject }, index) => ({
        type: 'RecordAssigned' as const,
        decision: index + 1,
        subject,
        person: subject,
        reason: 'alone',
        modelVersion: '1',
      })),
    );
    await eventually('all being assigned', async () => (await value<number>('SELECT count(*)::int FROM read_1.record_person')) === 40);
    expect(await ask('check', { people: 100 })).toMatchObject({ outcome: { differences: 0, undecided: 0 } });
    await pool.query(`UPDATE read_1.involvement SET status = 'closed' WHERE involvement_id = 'first-11'`);
    const { id, outcome } = await ask('check', { people: 100 });
    expect(outcome).toMatchObject({ differences: 1 });
    expect((await pool.query('SELECT table_name, field FROM control.difference WHERE comparison = $1', [id])).rows).toEqual([
      { table_name: 'involvement', field: 'status' },
    ]);
    expect(await value(`SELECT count(*)::int FROM pg_namespace WHERE nspname LIKE 'check%'`)).toBe(0);
  });

  it('knows that a fact was moved to another record', async () => {
    await pool.query(`UPDATE read_1.involvement SET status = 'open' WHERE involvement_id = 'first-11'`);
    const move = SourceEvent.parse({
      ...involvements(1, 'x')[0]!,
      type: 'InvolvementUpdated',
      recordId: '7999',
      involvementId: 'first-12',
      occurredAt: '2026-05-02T09:00:00Z',
    });
    await log.publish([move]);
    const [to] = await log.keys.subjectsFor([{ source: 'mosaic', recordId: '7999' }]);
    await log.decide([
      { type: 'RecordAssigned', decision: 100, subject: to!.subject, person: to!.subject, reason: 'alone', modelVersion: '1' },
    ]);
    await eventually(
      'the move',
      async () => (await value<number>('SELECT count(*)::int FROM read_1.involvement WHERE subject = $1', [to!.subject])) === 1,
    );
    await eventually(
      'its record being assigned',
      async () => (await value<number>('SELECT count(*)::int FROM read_1.record_person')) === 41,
    );
    expect(await ask('check', { people: 100 })).toMatchObject({ outcome: { differences: 0 } });
  });
});
