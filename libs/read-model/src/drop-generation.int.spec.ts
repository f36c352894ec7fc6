import type { PoolClient } from 'pg';
import { freshDatabase } from '../../../test/support/fresh.js';
import { createGenerationTables, liveGeneration } from './generation.js';
import { askForGeneration } from './generations.js';
import { migrateReadModel } from './migrate.js';
import { openReadModel, type ReadModelPool } from './open-read-model.js';
import { dropGeneration, switchGeneration } from './switch-generation.js';

let pool: ReadModelPool;
beforeAll(async () => {
  const url = await freshDatabase('read-model');
  await migrateReadModel(url, { partitions: 4 });
  pool = openReadModel(url);
});
afterAll(() => pool.end());

/** A pool on whose connection something happens just before the generation's lock is asked for. */
async function interrupted(happens: () => Promise<unknown>): Promise<ReadModelPool> {
  const client = await pool.connect();
  const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
  let happened = false;
  client.query = (async (...args: unknown[]) => {
    const [text] = args;
    if (typeof text === 'string' && text.includes('pg_try_advisory_xact_lock') && !happened) {
      happened = true;
      await happens();
    }
    return query(...args);
  }) as PoolClient['query'];
  return { connect: async () => client } as unknown as ReadModelPool;
}

describe('A generation that is dropped and switched to at once', () => {
  it('is not dropped when it has just gone live', async () => {
    const id = await askForGeneration(pool);
    await createGenerationTables(pool, `read_${id}`);
    await pool.query(`UPDATE control.generation SET state = 'ready' WHERE id = $1`, [id]);
    const dropping = await interrupted(() => switchGeneration(pool, { to: id, approved: 'test' }));
    await expect(dropGeneration(dropping, id)).rejects.toMatchObject({ code: 'wrong-generation' });
    const { schema } = await liveGeneration(pool);
    expect((await pool.query(`SELECT FROM ${schema}.record`)).rows).toEqual([]);
  });
});
