import { MigratedReadModel } from '../../../../test/support/migrated-read-model.js';
import { ProblemsWithValues1765324800000 } from './0019-problems-with-values.js';

let model: MigratedReadModel;
beforeAll(async () => {
  model = await MigratedReadModel.open();
});
afterAll(() => model?.close());

const [OLD, NEW, BOTH] = ['a', 'b', 'c'].map((letter) => `${letter.repeat(8)}-0000-4000-8000-000000000000`) as [string, string, string];

it('Problems reported before are with their panels still; one is with a panel or with a value, never with both or neither', async () => {
  const migration = new ProblemsWithValues1765324800000();
  const asks = (problem: string) =>
    model.query(
      `INSERT INTO decided.problem_ask (id, problem, source, due_at, second_due_at) VALUES (gen_random_uuid(), $1, 'mosaic', now(), now())`,
      [problem],
    );
  const asked = async () => (await model.query('SELECT * FROM decided.problem_asked ORDER BY problem')).rows;
  await model.down(migration);
  await model.query(`INSERT INTO decided.problem (id, service, category, sealed) VALUES ($1, 'school', 'other', '')`, [OLD]);
  await asks(OLD);
  await model.up(migration);
  const reports = (id: string, service: string | null, value: string | null) =>
    model.query(`INSERT INTO decided.problem (id, service, value, category, sealed) VALUES ($1, $2, $3, 'other', '')`, [
      id,
      service,
      value,
    ]);
  await reports(NEW, null, 'address');
  await asks(NEW);
  for (const [service, value] of [
    ['school', 'name'],
    [null, null],
    [null, 'phone'],
  ] as const)
    await expect(reports(BOTH, service, value)).rejects.toThrow('violates check constraint');
  expect(await asked()).toMatchObject([
    { problem: OLD, service: 'school', value: null, waits_for: 'data-analyst' },
    { problem: NEW, service: null, value: 'address' },
  ]);
  await model.down(migration);
  expect(await asked()).toMatchObject([{ problem: OLD, service: 'school' }]);
});
