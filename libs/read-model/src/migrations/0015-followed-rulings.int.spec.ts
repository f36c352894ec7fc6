import { MigratedReadModel } from '../../../../test/support/migrated-read-model.js';
import { FollowedRulings1764979200000 } from './0015-followed-rulings.js';

let model: MigratedReadModel;
beforeAll(async () => {
  model = await MigratedReadModel.open();
});
afterAll(() => model?.close());

it('Of the rulings of before, those handed over a day ago and more count as followed, and the others are followed from now on', async () => {
  const migration = new FollowedRulings1764979200000();
  await model.down(migration);
  await model.query(`
    INSERT INTO decided.pair_ruling (id, one, other, ruling, reason, steward, handed_over_at)
    SELECT gen_random_uuid(), 'aaaaaaaa-0000-4000-8000-000000000000', 'bbbbbbbb-0000-4000-8000-000000000000', 'apart', reason, 'grace.holt', now() - ago
    FROM (VALUES ('long-ago', interval '25 hours'), ('lately', interval '23 hours'), ('not-yet', NULL)) AS made (reason, ago)`);
  await model.up(migration);
  const { rows } = await model.query<{ reason: string; same: boolean | null }>(
    'SELECT reason, followed_at = handed_over_at AS same FROM decided.pair_ruling ORDER BY number',
  );
  expect(rows).toEqual([
    { reason: 'long-ago', same: true },
    { reason: 'lately', same: null },
    { reason: 'not-yet', same: null },
  ]);
});
