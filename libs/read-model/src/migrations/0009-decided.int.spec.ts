import { MigratedReadModel } from '../../../../test/support/migrated-read-model.js';

let model: MigratedReadModel;
beforeAll(async () => {
  model = await MigratedReadModel.open();
});
afterAll(() => model?.close());

const NEW = ['involvement_2', 'involvement_3'];

it('a live generation of before learns to look up a caseload; one still in its bulk is left to its builder', async () => {
  const indexes = async () =>
    (
      await model.query<{ name: string }>(
        `SELECT schemaname || '.' || indexname AS name FROM pg_indexes WHERE indexname = ANY ($1) ORDER BY 1`,
        [NEW],
      )
    ).rows.map(({ name }) => name);
  expect(await indexes()).toEqual(NEW.map((name) => `read_1.${name}`));
  // As it was before this migration, with a second generation that is being built and one that was dropped.
  await model.query(`
    DROP SCHEMA decided CASCADE;
    DELETE FROM control.migration WHERE name LIKE 'Decided%' OR name LIKE 'Problems%';
    DROP INDEX read_1.involvement_2, read_1.involvement_3;
    CREATE SCHEMA read_3;
    CREATE TABLE read_3.involvement (LIKE read_1.involvement);
    INSERT INTO control.generation (id, schema_name, fold_version, partitions, state, stage)
    VALUES (2, 'read_2', 1, 1, 'dropped', 'built'), (3, 'read_3', 1, 1, 'building', 'bulk')`);
  await model.migrateAgain();
  expect(await indexes()).toEqual(NEW.map((name) => `read_1.${name}`));
  expect((await model.query('SELECT FROM decided.restricted')).rows).toEqual([]);
});
