import { Client } from 'pg';
import type { QueryRunner } from 'typeorm';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { migrateReadModel } from '../migrate.js';
import { OpinionsThatCount1765065600000 } from './0016-opinions-that-count.js';

const [A, B, C] = ['a', 'b', 'c'].map((letter) => `${letter.repeat(8)}-0000-4000-8000-000000000000`) as [string, string, string];

it('What stewards had said before is known to count, or to have been ruled upon, and which second looks had agreed', async () => {
  const url = await freshDatabase('read-model');
  await migrateReadModel(url, { partitions: 1 });
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const runner = { query: (text: string) => client.query(text) } as unknown as QueryRunner;
    const migration = new OpinionsThatCount1765065600000();
    await migration.down(runner);
    const says = (one: string, other: string, steward: string, answer: string) =>
      client.query(
        `INSERT INTO decided.opinion (id, one, other, steward, answer, reason) VALUES (gen_random_uuid(), $1, $2, $3, $4, 'too-little')`,
        [one, other, steward, answer],
      );
    await says(A, B, 'grace.holt', 'cannot-tell');
    await says(A, B, 'tom.ellery', 'same');
    await says(A, B, 'wen.zhao', 'same');
    await client.query(
      `INSERT INTO decided.pair_ruling (id, one, other, ruling, reason, steward) VALUES (gen_random_uuid(), $1, $2, 'together', 'too-little', 'wen.zhao')`,
      [A, B],
    );
    await says(A, C, 'grace.holt', 'same');
    await says(A, C, 'tom.ellery', 'different');
    await migration.up(runner);
    const { rows } = await client.query('SELECT other, steward, ruled, agreed FROM decided.opinion ORDER BY given_at');
    expect(rows).toEqual([
      { other: B, steward: 'grace.holt', ruled: true, agreed: null },
      { other: B, steward: 'tom.ellery', ruled: true, agreed: null },
      { other: B, steward: 'wen.zhao', ruled: true, agreed: true },
      { other: C, steward: 'grace.holt', ruled: false, agreed: null },
      { other: C, steward: 'tom.ellery', ruled: false, agreed: false },
    ]);
    const counting = async () =>
      (await client.query<{ steward: string }>('SELECT steward FROM decided.opinion_that_counts ORDER BY steward')).rows.map(
        (row) => row.steward,
      );
    expect(await counting()).toEqual(['grace.holt', 'tom.ellery']);
    await client.query(
      `INSERT INTO decided.pair_ruling (id, one, other, ruling, reason, steward) VALUES (gen_random_uuid(), $1, $2, 'apart', 'too-little', 'wen.zhao')`,
      [A, C],
    );
    expect(await counting()).toEqual([]);
    expect((await client.query('SELECT FROM decided.opinion WHERE NOT ruled')).rows).toEqual([]);
  } finally {
    await client.end();
  }
});
