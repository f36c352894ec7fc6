import { randomUUID } from 'node:crypto';
import { freshDatabase } from '../../../test/support/fresh.js';
import { createGenerationTables, liveGeneration } from './generation.js';
import { lockGeneration } from './generation-lock.js';
import { askForGeneration } from './generations.js';
import { noteKeptUp } from './kept-up.js';
import { migrateReadModel } from './migrate.js';
import { openReadModel, type ReadModelPool } from './open-read-model.js';
import { dropGeneration, switchGeneration } from './switch-generation.js';

let pool: ReadModelPool;
beforeEach(async () => {
  const url = await freshDatabase('switch');
  await migrateReadModel(url, { partitions: 1 });
  pool = openReadModel(url);
  await askForGeneration(pool);
  await createGenerationTables(pool, 'read_2');
  await pool.query(`UPDATE control.generation SET state = 'ready' WHERE id = 2`);
});
afterEach(() => pool.end());

const compared = (share: number, differences: number, o: { rows?: number; undecided?: number } = {}) =>
  pool.query(
    `INSERT INTO control.comparison (id, generation, beside, share, rows_compared, differences, undecided, compared_at)
     VALUES ($1, 1, 2, $2, $3, $4, $5, clock_timestamp())`,
    [randomUUID(), share, o.rows ?? 10, differences, o.undecided ?? 0],
  );
const tried = () => switchGeneration(pool, { to: 2, dryRun: true });
const schemas = async () =>
  ((await pool.query(`SELECT nspname AS name FROM pg_namespace`)).rows as { name: string }[]).map(({ name }) => name);

describe('A switch', () => {
  it('is refused until the generation was found to be the same', async () => {
    await expect(tried()).rejects.toMatchObject({ code: 'not-compared' });
    await compared(0.5, 0, { rows: 0 });
    await expect(tried()).rejects.toMatchObject({ code: 'not-compared' });
    await compared(0.1, 0);
    expect(await tried()).toEqual({ from: 1, to: 2 });
    expect(await liveGeneration(pool)).toMatchObject({ id: 1 });
  });

  it('is refused where a greater share had differences, whatever a small one says later', async () => {
    await compared(1, 3);
    await compared(0.01, 0);
    await expect(tried()).rejects.toMatchObject({ code: 'differences' });
    await compared(1, 0);
    expect(await tried()).toEqual({ from: 1, to: 2 });
  });

  it('is refused where records changed all the while', async () => {
    await compared(1, 0, { undecided: 2 });
    await expect(tried()).rejects.toMatchObject({ code: 'not-compared' });
    expect(await switchGeneration(pool, { to: 2, approved: 'they always change' })).toEqual({ from: 1, to: 2 });
  });

  it('is refused where the generation is far behind, even back to one that was live', async () => {
    await compared(1, 0);
    await pool.query(`INSERT INTO read_1.checkpoint (topic, partition, next_offset) VALUES ('involvement-log', 0, 5000)`);
    await pool.query(`INSERT INTO read_2.checkpoint (topic, partition, next_offset) VALUES ('involvement-log', 0, 2900)`);
    await expect(tried()).rejects.toMatchObject({ code: 'behind' });
    await pool.query(`UPDATE read_2.checkpoint SET next_offset = 3000`);
    expect(await tried()).toEqual({ from: 1, to: 2 });
  });

  it('is refused where projectors keep up the live generation and none keeps up this one, unless somebody answers for it', async () => {
    await compared(1, 0);
    await noteKeptUp(pool, [1]);
    await expect(tried()).rejects.toMatchObject({ code: 'not-kept-up', message: expect.stringContaining('fold version') });
    await pool.query(`UPDATE control.generation SET state = 'retired' WHERE id = 2`);
    await expect(tried()).rejects.toMatchObject({ code: 'not-kept-up' });
    expect(await switchGeneration(pool, { to: 2, dryRun: true, approved: 'its projectors start next' })).toEqual({ from: 1, to: 2 });
    await noteKeptUp(pool, [2]);
    expect(await tried()).toEqual({ from: 1, to: 2 });
    await pool.query(`UPDATE control.kept_up SET said_at = now() - interval '11 seconds' WHERE generation = 2`);
    await expect(tried()).rejects.toMatchObject({ code: 'not-kept-up' });
  });

  it('and a drop are refused while somebody builds the generation', async () => {
    const builder = await pool.connect();
    expect(await lockGeneration(builder, 2)).toBe(true);
    await expect(switchGeneration(pool, { to: 2, approved: 'any' })).rejects.toMatchObject({ code: 'wrong-generation' });
    await expect(dropGeneration(pool, 2)).rejects.toMatchObject({ code: 'wrong-generation' });
    builder.release(true);
  });

  it('leaves a build that halted or is paused to be resumed: only a cancelled one is dropped', async () => {
    await pool.query(`UPDATE control.generation SET state = 'building', wanted = 'pause', failure = 'log-replaced' WHERE id = 2`);
    await expect(dropGeneration(pool, 2, { dryRun: true })).rejects.toMatchObject({ code: 'wrong-generation' });
    await expect(dropGeneration(pool, 2)).rejects.toMatchObject({ code: 'wrong-generation' });
    await dropGeneration(pool, 2, { cancelled: true, dryRun: true });
    expect(await schemas()).toContain('read_2');
    await dropGeneration(pool, 2, { cancelled: true });
    expect(await schemas()).not.toContain('read_2');
  });

  it('leaves exactly one generation live, whoever switches at once', async () => {
    await compared(1, 0);
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => switchGeneration(pool, { to: 2 })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { rows } = await pool.query(`SELECT id, state FROM control.generation ORDER BY id`);
    expect(rows).toEqual([
      { id: 1, state: 'retired' },
      { id: 2, state: 'live' },
    ]);
  });
});
