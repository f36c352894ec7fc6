import type { PoolClient } from 'pg';
import { freshDatabase } from '../../../test/support/fresh.js';
import { FOLD_VERSION } from './fold-version.js';
import { migrateReadModel } from './migrate.js';
import { openReadModel, type ReadModelPool } from './open-read-model.js';
import { holdParkedLock } from './parked-lock.js';
import { askForRegularCheck, askRequest, lastRequests, endRequest, requestOf, type RequestVerb, takeRequest } from './requests.js';

let pool: ReadModelPool;
const held: PoolClient[] = [];
beforeAll(async () => {
  const url = await freshDatabase('read-model');
  await migrateReadModel(url, { partitions: 2 });
  pool = openReadModel(url);
});
afterEach(async () => {
  for (const client of held.splice(0)) client.release(true);
  await pool.query('TRUNCATE control.request');
  await pool.query(`UPDATE control.generation SET fold_version = ${FOLD_VERSION}`);
});
afterAll(() => pool.end());

const ask = (verb: RequestVerb, args: Record<string, unknown> = {}) =>
  askRequest(pool, { verb, arguments: args, askedBy: 'test', reason: 'test' });

/** Takes a request as a process of its own. */
async function take() {
  const client = await pool.connect();
  held.push(client);
  return { client, request: await takeRequest(client) };
}

describe('A request', () => {
  it('that folds is left for a process of the fold version that readers see; a comparison is anybody’s', async () => {
    await pool.query('UPDATE control.generation SET fold_version = 99');
    const ids = [];
    for (const verb of ['redrive', 'discard', 'replay', 'check'] as const) ids.push(await ask(verb));
    expect((await take()).request).toBeUndefined();
    const compare = await ask('compare', { generation: 2 });
    expect((await take()).request).toMatchObject({ id: compare });
    await pool.query(`UPDATE control.generation SET fold_version = ${FOLD_VERSION}`);
    expect((await take()).request).toMatchObject({ id: ids[0], state: 'running' });
  });

  it('is not said to be done where readers have come to see another fold version meanwhile: it waits for a process of that one', async () => {
    const id = await ask('redrive');
    const { client } = await take();
    await pool.query('UPDATE control.generation SET fold_version = 99');
    await endRequest(client, id, { state: 'done', outcome: { released: 0, refused: 0, stillParked: 0 } });
    expect(await requestOf(pool, id)).toMatchObject({ state: 'waiting', takenAt: null, endedAt: null, outcome: null });
  });

  it('for a check waits for all others', async () => {
    const ids = [await ask('check'), await ask('redrive'), await ask('discard')];
    const taken = [(await take()).request?.id, (await take()).request?.id, (await take()).request?.id];
    expect(taken).toEqual([ids[1], ids[2], ids[0]]);
  });

  it('that lets go of parked events waits while a build gets ready, and the build while one is done', async () => {
    const build = await pool.connect();
    held.push(build);
    expect(await holdParkedLock(build)).toBe(true);
    const [redrive, check] = [await ask('redrive'), await ask('check')];
    expect((await take()).request).toMatchObject({ id: check });
    expect((await take()).request).toBeUndefined();
    await build.query('SELECT pg_advisory_unlock_all()');
    const { client, request } = await take();
    expect(request).toMatchObject({ id: redrive });
    expect(await holdParkedLock(build)).toBe(false);
    await endRequest(client, redrive, { state: 'done', outcome: {} });
    expect(await holdParkedLock(build)).toBe(true);
  });
});

describe('The regular check', () => {
  it('is asked for once, however many processes ask at the same time, and again once its time has come', async () => {
    const askAll = () => Promise.all([1, 2, 3].map(() => askForRegularCheck(pool, { people: 5, every: 3_600 })));
    await askAll();
    expect(await lastRequests(pool, 10)).toMatchObject([{ verb: 'check', arguments: { people: 5 }, askedBy: 'upkeep', state: 'waiting' }]);
    await pool.query(`UPDATE control.request SET asked_at = now() - interval '1 hour'`);
    await askAll();
    expect(await lastRequests(pool, 10)).toHaveLength(1);
    await pool.query(`UPDATE control.request SET state = 'done', ended_at = now()`);
    await askAll();
    expect(await lastRequests(pool, 10)).toHaveLength(2);
  });
});
