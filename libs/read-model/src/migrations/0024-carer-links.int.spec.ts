import { MigratedReadModel } from '../../../../test/support/migrated-read-model.js';

let model: MigratedReadModel;
beforeAll(async () => {
  model = await MigratedReadModel.open();
});
afterAll(() => model?.close());

const indexesIn = async (schema: string) =>
  (
    await model.query<{ indexname: string }>(
      `SELECT indexname FROM pg_indexes WHERE schemaname = $1 AND indexname ~ '^relationship_\\d' ORDER BY 1`,
      [schema],
    )
  ).rows.map(({ indexname }) => indexname);

it('generations of before get both indexes; one whose builder has not made its own yet is left to it', async () => {
  await model.query(`
    DELETE FROM control.migration WHERE name LIKE 'CarerLinks%';
    DROP INDEX read_1.relationship_3, read_1.relationship_4;
    CREATE SCHEMA read_2;
    CREATE TABLE read_2.relationship (LIKE read_1.relationship);
    INSERT INTO control.generation (id, schema_name, fold_version, partitions, state, stage) VALUES
      (2, 'read_2', 1, 1, 'building', 'bulk')`);
  await model.migrateAgain();
  expect(await indexesIn('read_1')).toEqual(['relationship_1', 'relationship_2', 'relationship_3', 'relationship_4']);
  expect(await indexesIn('read_2')).toEqual([]);
});
