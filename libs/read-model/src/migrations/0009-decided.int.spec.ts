import { freshDatabase } from '../../../../test/support/fresh.js';
import { migrateReadModel } from '../migrate.js';
import { openReadModel } from '../open-read-model.js';

const NEW = ['involvement_2', 'involvement_3'];

it('a live generation of before learns to look up a caseload; one still in its bulk is left to its builder', async () => {
  const url = await freshDatabase('decided');
  await migrateReadModel(url, { partitions: 1 });
  const pool = openReadModel(url, { max: 1 });
  const indexes = async () =>
    (
      await pool.query<{ name: string }>(
        `SELECT schemaname || '.' || indexname AS name FROM pg_indexes WHERE indexname = ANY ($1) ORDER BY 1`,
        [NEW],
      )
    ).rows.map(({ name }) => name);
  try {
    expect(await indexes()).toEqual(NEW.map((name) => `read_1.${name}`));
    // As it was before this migration, with a second generation that is being built and one that was dropped.
    await pool.query(`
      DROP SCHEMA decided CASCADE;
      DELETE FROM control.migration WHERE name LIKE 'Decided%';
      DROP INDEX read_1.involvement_2, read_1.involvement_3;
      CREATE SCHEMA read_3;
      CREATE TABLE read_3.involvement (LIKE read_1.involvement);
      INSERT INTO control.generation (id, schema_name, fold_version, partitions, state, stage)
      VALUES (2, 'read_2', 1, 1, 'dropped', 'built'), (3, 'read_3', 1, 1, 'building', 'bulk')`);
    await migrateReadModel(url, { partitions: 1 });
    expect(await indexes()).toEqual(NEW.map((name) => `read_1.${name}`));
    expect((await pool.query('SELECT FROM decided.restricted')).rows).toEqual([]);
  } finally {
    await pool.end();
  }
});
