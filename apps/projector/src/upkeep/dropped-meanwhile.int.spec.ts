import { randomUUID } from 'node:crypto';
import { SourceEvent } from '#lib/events';
import { allGenerations, askForGeneration, dropGeneration, generationNumbered, openReadModel, type ReadModelPool } from '#lib/read-model';
import { createLogger, RetryableError, type Running } from '#lib/runtime';
import { appEnv } from '../../../../test/support/app-env.js';
import { eventually } from '../../../../test/support/eventually.js';
import { SealedLog } from '../../../../test/support/sealed-log.js';
import { startFolding, startUpkeep } from '../../../../test/support/projectors.js';
import { type OpenLogs, openLogs } from '../open-logs.js';
import { readProjectorSettings } from '../settings.js';
import { replay } from './replay.js';
import type { RequestWork } from './request-work.js';

let env: Record<string, string>;
let pool: ReadModelPool;
let logs: OpenLogs;
let log: SealedLog;
let folding: Running;
beforeAll(async () => {
  env = await appEnv({ LOG_LEVEL: 'silent' });
  pool = openReadModel(env.READ_MODEL_URL!, { forWriting: true });
  logs = await openLogs(readProjectorSettings(env), createLogger('projector', 'silent'));
  log = await SealedLog.open(env);
  const upkeep = await startUpkeep(env);
  const id = await askForGeneration(pool);
  folding = await startFolding(env);
  await eventually('generation 2 being ready', async () => (await generationNumbered(pool, id)).state === 'ready', { within: 25_000 });
  await upkeep.stop();
  await log.publish([opened]);
  for (const schema of ['read_1', 'read_2'])
    await eventually('the event in both', async () => (await pool.query(`SELECT FROM ${schema}.involvement`)).rows.length === 1, {
      within: 20_000,
    });
});
afterAll(async () => {
  await folding?.stop();
  await log?.close();
  await logs?.close();
  await pool?.end();
});

const opened = SourceEvent.parse({
  type: 'InvolvementOpened',
  source: 'mosaic',
  recordId: '1',
  sourceVersion: { epoch: 0, position: 1 },
  occurredAt: '2026-05-01T09:00:00Z',
  involvementId: 'i-1',
  service: 'childrens-social-care',
});

/** @param meanwhile happens once, as the first event is about to be applied */
async function work(meanwhile: () => Promise<unknown>, waitsFor: RequestWork['waitsFor'] = async () => undefined): Promise<RequestWork> {
  let once: Promise<unknown> | undefined;
  const keysFor: typeof logs.reader.keys.keysFor = async (subjects) => {
    await (once ??= meanwhile());
    return logs.reader.keys.keysFor(subjects);
  };
  return {
    request: { id: randomUUID(), arguments: {} },
    logs: { ...logs, reader: { ...logs.reader, keys: { keysFor } } },
    settings: readProjectorSettings(env),
    logger: createLogger('projector', 'silent'),
    control: pool,
    writing: pool,
    long: pool,
    signal: new AbortController().signal,
    generations: (await allGenerations(pool)).filter(({ state }) => state !== 'dropped').toReversed(),
    progress: async () => undefined,
    waitsFor,
  };
}

describe('A replay', () => {
  it('passes over a generation that is dropped in the middle of it', async () => {
    expect(await replay(await work(() => dropGeneration(pool, 2)))).toMatchObject({ read: 1, applied: 1, refused: 0 });
  });

  it('ends where what it writes to is gone although nobody dropped it', async () => {
    const broken = replay(await work(() => pool.query('ALTER TABLE read_1.involvement RENAME TO away')));
    await expect(broken).rejects.toMatchObject({ code: 'read-model-changed', message: expect.stringContaining('42P01') });
    await pool.query('ALTER TABLE read_1.away RENAME TO involvement');
  });

  it('waits for what may pass, and tells what it waits for', async () => {
    const told: unknown[] = [];
    let away = 2;
    const parts = await work(
      async () => undefined,
      async (error) => void told.push(error),
    );
    const { keysFor } = parts.logs.reader.keys;
    parts.logs.reader.keys.keysFor = async (subjects) => {
      away -= 1;
      if (away >= 0) throw new RetryableError('key-store-unavailable', 'not now');
      return keysFor(subjects);
    };
    expect(await replay(parts)).toMatchObject({ applied: 1 });
    expect(told).toMatchObject([{ code: 'key-store-unavailable' }, { code: 'key-store-unavailable' }]);
  });
});
