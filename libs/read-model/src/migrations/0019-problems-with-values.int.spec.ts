import { Client } from 'pg';
import type { QueryRunner } from 'typeorm';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { migrateReadModel } from '../migrate.js';
import { ProblemsWithValues1765324800000 } from './0019-problems-with-values.js';

const [OLD, NEW, BOTH] = ['a', 'b', 'c'].map((letter) => `${letter.repeat(8)}-0000-4000-8000-000000000000`) as [string, string, string];

it('Problems reported before are with their panels still; one is with a panel or with a value, never with both or neither', async () => {
  const url = await freshDatabase('read-model');
  await migrateReadModel(url, { partitions: 1 });
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const runner = { query: (text: string) => client.query(text) } as unknown as QueryRunner;
    const migration = new ProblemsWithValues1765324800000();
    const asks = (problem: string) =>
      client.query(
        `INSERT INTO decided.problem_ask (id, problem, source, due_at, second_due_at) VALUES (gen_random_uuid(), $1, 'mosaic', now(), now())`,
        [problem],
      );
    const asked = async () => (await client.query('SELECT * FROM decided.problem_asked ORDER BY problem')).rows;
    await migration.down(runner);
    await client.query(`INSERT INTO decided.problem (id, service, category, sealed) VALUES ($1, 'school', 'other', '')`, [OLD]);
    await asks(OLD);
    await migration.up(runner);
    const reports = (id: string, service: string | null, value: string | null) =>
      client.query(`INSERT INTO decided.problem (id, service, value, category, sealed) VALUES ($1, $2, $3, 'other', '')`, [
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
    await migration.down(runner);
    expect(await asked()).toMatchObject([{ problem: OLD, service: 'school' }]);
  } finally {
    await client.end();
  }
});
