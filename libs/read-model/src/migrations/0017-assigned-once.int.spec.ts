import { MigratedReadModel } from '../../../../test/support/migrated-read-model.js';

let model: MigratedReadModel;
beforeAll(async () => {
  model = await MigratedReadModel.open();
});
afterAll(() => model?.close());

it('generations of before can be asked whose records once were, whatever state they are in; one that has no tables yet is left to its builder', async () => {
  await model.query(`
    DELETE FROM control.migration WHERE name LIKE 'AssignedOnce%';
    DROP TABLE read_1.assigned_once;
    CREATE SCHEMA read_2;
    INSERT INTO control.generation (id, schema_name, fold_version, partitions, state, stage)
    VALUES (2, 'read_2', 1, 1, 'retired', 'built'), (3, 'read_3', 1, 1, 'building', 'waiting'), (4, 'read_4', 1, 1, 'dropped', 'built')`);
  await model.migrateAgain();
  for (const schema of ['read_1', 'read_2'])
    expect((await model.query(`SELECT person, subject, decided_at FROM ${schema}.assigned_once`)).rows).toEqual([]);
  expect((await model.query(`SELECT to_regnamespace('read_3') AS none`)).rows).toEqual([{ none: null }]);
});
