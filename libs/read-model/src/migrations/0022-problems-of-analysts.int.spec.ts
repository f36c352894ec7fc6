import { MigratedReadModel } from '../../../../test/support/migrated-read-model.js';
import { ProblemsOfAnalysts1765584000000 } from './0022-problems-of-analysts.js';

let model: MigratedReadModel;
beforeAll(async () => {
  model = await MigratedReadModel.open();
});
afterAll(() => model?.close());

const [OLD, NEW] = ['a', 'b'].map((letter) => `${letter.repeat(8)}-0000-4000-8000-000000000000`) as [string, string];

it('Problems reported before are asked of their sources still; one without a source waits for the data analysts from the first', async () => {
  const migration = new ProblemsOfAnalysts1765584000000();
  const reports = (id: string) =>
    model.query(`INSERT INTO decided.problem (id, service, category, sealed) VALUES ($1, 'school', 'missing-involvement', '')`, [id]);
  const asks = (problem: string, source: string | null, due = '1 hour') =>
    model.query(
      `INSERT INTO decided.problem_ask (id, problem, source, due_at, second_due_at) VALUES ($1, $1, $2, now() + $3::interval, now() + $3::interval)`,
      [problem, source, due],
    );
  const answers = (ask: string, outcome: string) =>
    model.query(`INSERT INTO decided.problem_answer (ask, answered_by, outcome, sealed) VALUES ($1, 'nora', $2, '')`, [ask, outcome]);
  const asked = async () => (await model.query('SELECT * FROM decided.problem_asked ORDER BY problem')).rows;
  await model.down(migration);
  await reports(OLD);
  await reports(NEW);
  await asks(OLD, 'mosaic');
  await expect(asks(NEW, null)).rejects.toThrow('violates not-null constraint');
  await expect(answers(OLD, 'there-now')).rejects.toThrow('violates check constraint');
  await model.up(migration);
  await asks(NEW, null);
  await expect(model.query(`INSERT INTO decided.problem_ask VALUES (gen_random_uuid(), $1, NULL, now(), now())`, [NEW])).rejects.toThrow(
    'violates unique constraint',
  );
  expect(await asked()).toMatchObject([
    { problem: OLD, source: 'mosaic', waits_for: 'first-owner', overdue: false },
    { problem: NEW, source: null, waits_for: 'data-analyst', overdue: false },
  ]);
  await model.query(`UPDATE decided.problem_ask SET due_at = now() - interval '1 hour'`);
  expect(await asked()).toMatchObject([
    { waits_for: 'second-owner', overdue: true },
    { waits_for: 'data-analyst', overdue: true },
  ]);
  await answers(NEW, 'there-now');
  await answers(OLD, 'fixed');
  await expect(answers(OLD, 'gossip')).rejects.toThrow('violates check constraint');
  expect(await asked()).toMatchObject([
    { waits_for: null, overdue: false },
    { waits_for: null, overdue: false, outcome: 'there-now' },
  ]);
  await model.down(migration);
  expect(await asked()).toMatchObject([{ problem: OLD, source: 'mosaic', outcome: 'fixed' }]);
});
