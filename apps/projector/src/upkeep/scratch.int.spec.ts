import { randomUUID } from 'node:crypto';
import { askRequest, migrateReadModel, openReadModel, type ReadModelPool, takeRequest } from '#lib/read-model';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { makeScratch } from './scratch.js';

let pool: ReadModelPool;
beforeAll(async () => {
  const url = await freshDatabase('read-model');
  await migrateReadModel(url, { partitions: 2 });
  pool = openReadModel(url);
});
afterAll(() => pool.end());

const schemas = async () =>
  ((await pool.query(`SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'check%'`)).rows as { name: string }[])
    .map(({ name }) => name)
    .sort();

test('A check drops what killed checks left behind, and never what another process is folding into', async () => {
  const other = await pool.connect();
  try {
    const id = await askRequest(pool, { verb: 'check', arguments: {}, askedBy: 'test', reason: 'test' });
    await takeRequest(other);
    const theirs = await makeScratch({ request: { id, arguments: {} }, writing: pool });
    const killed = await makeScratch({ request: { id: randomUUID(), arguments: {} }, writing: pool });
    const again = { id: randomUUID(), arguments: {} };
    expect(await schemas()).toEqual([theirs, killed].sort());
    const own = await makeScratch({ request: again, writing: pool });
    expect(await schemas()).toEqual([theirs, own].sort());
    // Begun again after it was killed in the middle.
    await pool.query(`INSERT INTO ${own}.checkpoint (topic, partition, next_offset) VALUES ('any', 0, 7)`);
    expect(await makeScratch({ request: again, writing: pool })).toBe(own);
    expect((await pool.query(`SELECT FROM ${own}.checkpoint`)).rows).toEqual([]);
  } finally {
    other.release(true);
  }
});
