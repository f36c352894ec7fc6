import { freshDatabase } from '../../../test/support/fresh.js';
import { FOLD_VERSION } from './fold-version.js';
import { liveGeneration } from './generation.js';
import { askForGeneration } from './generations.js';
import { migrateReadModel } from './migrate.js';
import { openReadModel, type ReadModelPool } from './open-read-model.js';
import { tables } from './tables.js';

let url: string;
let pool: ReadModelPool;
beforeAll(async () => {
  url = await freshDatabase('read-model');
  pool = openReadModel(url);
});
afterAll(() => pool.end());

describe('The read model’s database', () => {
  it('has no generation to read before it is migrated', async () => {
    await expect(liveGeneration(pool)).rejects.toMatchObject({ code: '42P01' });
  });

  it('is migrated once, by however many processes at once, to one empty live generation', async () => {
    await Promise.all([1, 2, 3].map(() => migrateReadModel(url, { partitions: 4 })));
    await migrateReadModel(url, { partitions: 4 });
    expect(await liveGeneration(pool)).toEqual({ id: 1, schema: 'read_1', partitions: 4, foldVersion: FOLD_VERSION });
    const { rows } = await pool.query(`SELECT table_name FROM information_schema.tables WHERE table_schema = 'read_1'`);
    expect(rows.map((row: { table_name: string }) => row.table_name).sort()).toEqual(
      Object.values(tables)
        .map(({ name }) => name)
        .sort(),
    );
  });

  it('refuses another number of partitions: that is a new topic and a rebuild', async () => {
    await expect(migrateReadModel(url, { partitions: 8 })).rejects.toMatchObject({ code: 'partitions-changed', retriable: false });
  });

  it('shows one generation at a time, while another is built beside it', async () => {
    expect(await askForGeneration(pool)).toBe(2);
    expect(await liveGeneration(pool)).toMatchObject({ id: 1 });
    await expect(pool.query(`UPDATE control.generation SET state = 'live' WHERE id = 2`)).rejects.toMatchObject({ code: '23505' });
  });

  it('has an empty register older than any version, and none of its version columns can be null', async () => {
    const { rows } = await pool.query(
      `SELECT column_name, is_nullable, column_default FROM information_schema.columns
       WHERE table_schema = 'read_1' AND column_name ~ '_(epoch|position|rank|digest)$' ORDER BY column_default DESC`,
    );
    expect(rows).toHaveLength(4 * Object.values(tables).flatMap(({ registers }) => Object.keys(registers)).length);
    for (const row of rows as { column_name: string; is_nullable: string; column_default: string }[]) {
      expect(row.is_nullable).toBe('NO');
      if (row.column_name.endsWith('_epoch')) expect(row.column_default).toBe(`'-1'::integer`);
    }
  });

  it('gives offsets and milliseconds as numbers', async () => {
    expect((await pool.query('SELECT 1764000000123::bigint AS at')).rows).toEqual([{ at: 1764000000123 }]);
  });

  it('lets only the pool that is opened for writing answer before the disk has it', async () => {
    const writer = openReadModel(url, { forWriting: true });
    expect((await writer.query('SHOW synchronous_commit')).rows).toEqual([{ synchronous_commit: 'off' }]);
    expect((await pool.query('SHOW synchronous_commit')).rows).toEqual([{ synchronous_commit: 'on' }]);
    await writer.end();
  });

  it.each([
    ['the keys a person is found by', `SELECT 1 FROM read_1.record WHERE search_keys @> ARRAY['f:baker']`, 'Bitmap Index Scan'],
    ['a record’s involvements', `SELECT 1 FROM read_1.involvement WHERE subject = gen_random_uuid()`, 'Index'],
    ['a record’s relationships', `SELECT 1 FROM read_1.relationship WHERE subject = gen_random_uuid()`, 'Index'],
    ['who is related to a record', `SELECT 1 FROM read_1.relationship WHERE other_subject = gen_random_uuid()`, 'Index'],
    ['the records of a person', `SELECT 1 FROM read_1.record_person WHERE person = gen_random_uuid()`, 'Index'],
    ['the records that one has replaced', `SELECT 1 FROM read_1.record WHERE replaced_by = gen_random_uuid()`, 'Index'],
  ])('finds %s by an index', async (_what, sql, scan) => {
    const client = await pool.connect();
    await client.query('SET enable_seqscan = off');
    const { rows } = await client.query(`EXPLAIN ${sql.replace('gen_random_uuid()', `'01234567-0000-0000-0000-000000000000'`)}`);
    client.release(true);
    expect(rows.map((row: { 'QUERY PLAN': string }) => row['QUERY PLAN']).join('\n')).toContain(scan);
  });
});
