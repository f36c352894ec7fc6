import type { QueryRunner } from 'typeorm';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { migrateReadModel } from '../migrate.js';
import { openReadModel } from '../open-read-model.js';
import { FollowedRulings1764979200000 } from './0015-followed-rulings.js';

it('Of the rulings of before, those handed over a day ago and more count as followed, and the others are followed from now on', async () => {
  const url = await freshDatabase('read-model');
  await migrateReadModel(url, { partitions: 1 });
  const pool = openReadModel(url, { max: 1 });
  try {
    const runner = { query: (text: string) => pool.query(text) } as unknown as QueryRunner;
    const migration = new FollowedRulings1764979200000();
    await migration.down(runner);
    await pool.query(`
      INSERT INTO decided.pair_ruling (id, one, other, ruling, reason, steward, handed_over_at)
      SELECT gen_random_uuid(), 'aaaaaaaa-0000-4000-8000-000000000000', 'bbbbbbbb-0000-4000-8000-000000000000', 'apart', reason, 'grace.holt', now() - ago
      FROM (VALUES ('long-ago', interval '25 hours'), ('lately', interval '23 hours'), ('not-yet', NULL)) AS made (reason, ago)`);
    await migration.up(runner);
    const { rows } = await pool.query<{ reason: string; same: boolean | null }>(
      'SELECT reason, followed_at = handed_over_at AS same FROM decided.pair_ruling ORDER BY number',
    );
    expect(rows).toEqual([
      { reason: 'long-ago', same: true },
      { reason: 'lately', same: null },
      { reason: 'not-yet', same: null },
    ]);
  } finally {
    await pool.end();
  }
});
