import { createGenerationTables, openReadModel, type ReadModelPool, tables } from '#lib/read-model';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { compareSchemas } from './compare-schemas.js';

let pool: ReadModelPool;
beforeAll(async () => {
  pool = openReadModel(await freshDatabase('compare'));
});
afterAll(() => pool.end());
beforeEach(async () => {
  for (const schema of ['live', 'other']) {
    await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await createGenerationTables(pool, schema);
    await pool.query(`INSERT INTO ${schema}.involvement (source, involvement_id, subject, team)
      SELECT 'mosaic', 'I-' || n, '00000000-0000-4000-8000-000000000001', 'North' FROM generate_series(1, 5) AS n`);
  }
  await standsAt('live', 10);
  await standsAt('other', 8);
});

const standsAt = (schema: string, offset: number) =>
  pool.query(
    `INSERT INTO ${schema}.checkpoint (topic, partition, next_offset) VALUES ('a-log', 0, $1)
     ON CONFLICT (topic, partition) DO UPDATE SET next_offset = excluded.next_offset`,
    [offset],
  );
const rename = (schema: string, team: string) =>
  pool.query(`UPDATE ${schema}.involvement SET team = $1 WHERE involvement_id = 'I-3'`, [team]);

const compare = (between: (look: number) => Promise<unknown>) => {
  let look = 1;
  return compareSchemas(
    { long: pool, signal: AbortSignal.any([]), progress: async () => undefined },
    { here: 'live', there: 'other' },
    { subjects: null, tables: [tables.involvement], between: async () => void (await between((look += 1))) },
  );
};

describe('Two generations of which one is some events ahead', () => {
  it('are the same when the other changes the row, too, as it catches up', async () => {
    await rename('live', 'South');
    const compared = await compare(async () => {
      await rename('other', 'South');
      await standsAt('other', 10);
    });
    expect(compared).toEqual({ rows: 5, differences: 0, examples: [], undecided: 0 });
  });

  it('differ when it catches up and the row stays what it was', async () => {
    await rename('live', 'South');
    const compared = await compare(() => standsAt('other', 12));
    expect(compared).toMatchObject({ rows: 5, differences: 1, undecided: 0 });
    expect(compared.examples).toMatchObject([{ key: ['mosaic', 'I-3'], here: { team: 'South' }, there: { team: 'North' } }]);
  });

  it('are told to differ at once where both stand at the same place', async () => {
    await standsAt('other', 10);
    await pool.query(`DELETE FROM other.involvement WHERE involvement_id = 'I-4'`);
    expect(await compare(() => Promise.reject(new Error('looked again')))).toMatchObject({ rows: 5, differences: 1, undecided: 0 });
  });

  it('are undecided about a row that is another in every look, and about one whose side never catches up', async () => {
    await rename('live', 'South');
    await pool.query(`UPDATE live.involvement SET team = 'East' WHERE involvement_id = 'I-5'`);
    const compared = await compare(async (look) => {
      await rename('live', `South ${look}`);
      await standsAt('other', 9);
    });
    expect(compared).toEqual({ rows: 3, differences: 0, examples: [], undecided: 2 });
  });
});
