import { Pool, type PoolClient } from 'pg';
import { SourceEvent } from '#lib/events';
import {
  askForGeneration,
  askRequest,
  createGenerationIndexes,
  createGenerationTables,
  generationNumbered,
  openReadModel,
  type ReadModelPool,
  requestOf,
  steerBuild,
  takeRequest,
} from '#lib/read-model';
import { createLogger, Metrics, type Running } from '#lib/runtime';
import type { SubjectKey } from '#lib/sealing';
import { appEnv } from '../../../../test/support/app-env.js';
import { eventually } from '../../../../test/support/eventually.js';
import { startFolding, startUpkeep } from '../../../../test/support/projectors.js';
import { SealedLog } from '../../../../test/support/sealed-log.js';
import { Measures } from '../measures.js';
import { openLogs } from '../open-logs.js';
import { readProjectorSettings } from '../settings.js';
import { GenerationBuild } from './build-generation.js';

let env: Record<string, string>;
let log: SealedLog;
let pool: ReadModelPool;
let keyStore: Pool;
let running: Running[];
beforeAll(async () => {
  env = await appEnv({ PROJECTOR_BATCH: '100', LOG_LEVEL: 'silent' });
  log = await SealedLog.open(env);
  pool = openReadModel(env.READ_MODEL_URL!);
  keyStore = new Pool({ connectionString: env.KEY_STORE_URL! });
  running = await Promise.all([startFolding(env), startUpkeep(env)]);
  // Both have opened the key store by then: they try some keys at the start and remember them, and these tests take keys away.
  await log.publish([opened('0', 'first')]);
  await untilCounted('read_1.involvement', 1);
  const check = await askRequest(pool, { verb: 'check', arguments: {}, askedBy: 'test', reason: 'test' });
  await eventually('a check', async () => (await requestOf(pool, check))?.endedAt != null, { within: 20_000 });
});
afterAll(async () => {
  await Promise.all(running.map((app) => app.stop()));
  await Promise.all([log.close(), pool.end(), keyStore.end()]);
});

let position = 0;
const opened = (recordId: string, involvementId: string): SourceEvent =>
  SourceEvent.parse({
    type: 'InvolvementOpened',
    source: 'mosaic',
    recordId,
    sourceVersion: { epoch: 0, position: (position += 1) },
    occurredAt: '2026-05-01T09:00:00Z',
    involvementId,
    service: 'childrens-social-care',
  });

/** Publishes an event whose key is not there. @returns puts the key back */
async function heldBack(recordId: string): Promise<() => Promise<void>> {
  const [key] = (await log.keys.subjectsFor([{ source: 'mosaic', recordId }])) as [SubjectKey];
  await keyStore.query(`CREATE TABLE away_${recordId} AS SELECT * FROM data_key WHERE subject = $1`, [key.subject]);
  await keyStore.query('DELETE FROM data_key WHERE subject = $1', [key.subject]);
  await log.publishRaw([{ key: key.subject, value: log.sealed(opened(recordId, `held-${recordId}`), key) }]);
  return async () => void (await keyStore.query(`INSERT INTO data_key SELECT * FROM away_${recordId}`));
}

const count = async (of: string) => ((await pool.query(`SELECT count(*)::int AS count FROM ${of}`)).rows[0] as { count: number }).count;
const untilCounted = (of: string, wanted: number) =>
  eventually(`${wanted} in ${of}`, async () => (await count(of).catch(() => 0)) === wanted, { within: 25_000 });
const ready = (id: number) =>
  eventually(`generation ${id} being ready`, async () => (await generationNumbered(pool, id)).state === 'ready', { within: 25_000 });
const ask = (verb: 'redrive' | 'discard') => askRequest(pool, { verb, arguments: {}, askedBy: 'test', reason: 'test' });

describe('A build', () => {
  it('has parked what a redrive beside it has released, and folds it again before it is ready', async () => {
    const mend = await heldBack('77');
    await untilCounted('read_1.parked', 1);
    await log.publish(Array.from({ length: 1_500 }, (_, index) => opened(`1${index % 40}`, `i-${index}`)));
    await untilCounted('read_1.involvement', 1_501);
    const id = await askForGeneration(pool, { throttle: 300 });
    await untilCounted(`read_${id}.parked`, 1);
    await mend();
    const redrive = await ask('redrive');
    await eventually('it being redriven', async () => (await requestOf(pool, redrive))?.endedAt != null, { within: 20_000 });
    expect(await requestOf(pool, redrive)).toMatchObject({ outcome: { released: 1, stillParked: 0 } });
    expect((await generationNumbered(pool, id)).state).toBe('building');
    await steerBuild(pool, { throttle: null });
    await ready(id);
    expect([await count(`read_${id}.parked`), await count(`read_${id}.involvement WHERE involvement_id = 'held-77'`)]).toEqual([0, 1]);
  });

  it('does not get ready while parked events are being let go of: they would stay in it', async () => {
    await running.pop()!.stop();
    const discard = await ask('discard');
    const holding = await pool.connect();
    let id: number;
    try {
      expect(await takeRequest(holding)).toMatchObject({ id: discard });
      running.push(await startUpkeep(env));
      id = await askForGeneration(pool);
      await eventually('it having caught up', async () => (await generationNumbered(pool, id)).stage === 'catching-up', { within: 25_000 });
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      expect((await generationNumbered(pool, id)).state).toBe('building');
    } finally {
      holding.release(true);
    }
    await ready(id);
  });

  it('that halts as it gets ready is not ready', async () => {
    await Promise.all(running.splice(0).map((app) => app.stop()));
    const settings = { ...readProjectorSettings(env), missingKeysToHalt: 0 };
    const halted = Promise.withResolvers<void>();
    const logger = Object.assign(createLogger('projector', 'silent'), { fatal: () => halted.resolve() });
    const logs = await openLogs(settings, logger);
    const id = await askForGeneration(pool);
    await createGenerationTables(pool, `read_${id}`);
    await createGenerationIndexes(pool, `read_${id}`);
    await pool.query(`INSERT INTO read_${id}.checkpoint SELECT * FROM read_1.checkpoint`);
    await pool.query(`UPDATE control.generation SET stage = 'catching-up' WHERE id = $1`, [id]);
    await heldBack('78');
    const client = await pool.connect();
    // Between what the operator wants and whether it has caught up, it halts.
    const lock = {
      query: async (text: string, values?: unknown[]) => {
        if (text.includes('events_done = $2')) await halted.promise;
        return client.query(text, values);
      },
    } as PoolClient;
    const signal = new AbortController().signal;
    const measures = new Measures(new Metrics('projector'));
    const parts = { control: pool, writing: pool, long: pool, logs, settings, measures, logger, signal };
    try {
      expect(await new GenerationBuild(lock, await generationNumbered(pool, id), parts).run()).toBe('halted');
      expect(await generationNumbered(pool, id)).toMatchObject({ state: 'building', failure: 'keys-lost' });
    } finally {
      client.release(true);
      await logs.close();
    }
  });
});
