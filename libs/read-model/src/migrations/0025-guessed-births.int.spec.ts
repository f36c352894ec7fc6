import { MigratedReadModel } from '../../../../test/support/migrated-read-model.js';

let model: MigratedReadModel;
beforeAll(async () => {
  model = await MigratedReadModel.open();
});
afterAll(() => model?.close());

const guessedIndexesIn = async (schema: string) =>
  (
    await model.query<{ indexname: string }>(
      `SELECT indexname FROM pg_indexes WHERE schemaname = $1 AND indexdef LIKE '%date-of-birth-estimated%'`,
      [schema],
    )
  ).rows.map(({ indexname }) => indexname);

it('generations of before get the index of guessed dates of birth; one whose builder has not made its own yet is left to it', async () => {
  const [index, ...others] = await guessedIndexesIn('read_1');
  expect([index, others]).toEqual([expect.stringMatching(/^record_\d+$/), []]);
  await model.query(`
    DELETE FROM control.migration WHERE name LIKE 'GuessedBirths%';
    DROP INDEX read_1.${index!};
    CREATE SCHEMA read_2;
    CREATE TABLE read_2.record (LIKE read_1.record);
    INSERT INTO control.generation (id, schema_name, fold_version, partitions, state, stage) VALUES
      (2, 'read_2', 1, 1, 'building', 'bulk')`);
  await model.migrateAgain();
  expect(await guessedIndexesIn('read_1')).toEqual([index]);
  expect(await guessedIndexesIn('read_2')).toEqual([]);
});
