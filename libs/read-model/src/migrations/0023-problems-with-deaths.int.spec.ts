import { randomUUID } from 'node:crypto';
import { MigratedReadModel } from '../../../../test/support/migrated-read-model.js';
import { ProblemsWithDeaths1765670400000 } from './0023-problems-with-deaths.js';

let model: MigratedReadModel;
beforeAll(async () => {
  model = await MigratedReadModel.open();
});
afterAll(() => model?.close());

it('A problem may be with a date of death; going back takes those away, and leaves the others', async () => {
  const migration = new ProblemsWithDeaths1765670400000();
  const report = (value: string) =>
    model.query(`INSERT INTO decided.problem (id, value, category, sealed) VALUES ($1, $2, 'wrong-value', '')`, [randomUUID(), value]);
  for (const value of ['name', 'date-of-death']) await report(value);
  await expect(report('phone')).rejects.toThrow('violates check constraint');
  await model.down(migration);
  expect((await model.query('SELECT value FROM decided.problem')).rows).toEqual([{ value: 'name' }]);
  await expect(report('date-of-death')).rejects.toThrow('violates check constraint');
  await model.up(migration);
  await report('date-of-death');
});
