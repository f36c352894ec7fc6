import { MigratedReadModel } from '../../../../test/support/migrated-read-model.js';
import { OpinionsThatCount1765065600000 } from './0016-opinions-that-count.js';

let model: MigratedReadModel;
beforeAll(async () => {
  model = await MigratedReadModel.open();
});
afterAll(() => model?.close());

const [A, B, C] = ['a', 'b', 'c'].map((letter) => `${letter.repeat(8)}-0000-4000-8000-000000000000`) as [string, string, string];

it('What stewards had said before is known to count, or to have been ruled upon, and which second looks had agreed', async () => {
  const migration = new OpinionsThatCount1765065600000();
  await model.down(migration);
  const says = (one: string, other: string, steward: string, answer: string) =>
    model.query(
      `INSERT INTO decided.opinion (id, one, other, steward, answer, reason) VALUES (gen_random_uuid(), $1, $2, $3, $4, 'too-little')`,
      [one, other, steward, answer],
    );
  await says(A, B, 'grace.holt', 'cannot-tell');
  await says(A, B, 'tom.ellery', 'same');
  await says(A, B, 'wen.zhao', 'same');
  await model.query(
    `INSERT INTO decided.pair_ruling (id, one, other, ruling, reason, steward) VALUES (gen_random_uuid(), $1, $2, 'together', 'too-little', 'wen.zhao')`,
    [A, B],
  );
  await says(A, C, 'grace.holt', 'same');
  await says(A, C, 'tom.ellery', 'different');
  await model.up(migration);
  const { rows } = await model.query('SELECT other, steward, ruled, agreed FROM decided.opinion ORDER BY given_at');
  expect(rows).toEqual([
    { other: B, steward: 'grace.holt', ruled: true, agreed: null },
    { other: B, steward: 'tom.ellery', ruled: true, agreed: null },
    { other: B, steward: 'wen.zhao', ruled: true, agreed: true },
    { other: C, steward: 'grace.holt', ruled: false, agreed: null },
    { other: C, steward: 'tom.ellery', ruled: false, agreed: false },
  ]);
  const counting = async () =>
    (await model.query<{ steward: string }>('SELECT steward FROM decided.opinion_that_counts ORDER BY steward')).rows.map(
      (row) => row.steward,
    );
  expect(await counting()).toEqual(['grace.holt', 'tom.ellery']);
  await model.query(
    `INSERT INTO decided.pair_ruling (id, one, other, ruling, reason, steward) VALUES (gen_random_uuid(), $1, $2, 'apart', 'too-little', 'wen.zhao')`,
    [A, C],
  );
  expect(await counting()).toEqual([]);
  expect((await model.query('SELECT FROM decided.opinion WHERE NOT ruled')).rows).toEqual([]);
});
