import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A ruling is followed until what the matcher has made of it is in the log for good: a matcher's database that was lost meanwhile is asked again. What was handed over
 * a day ago and more is in the log already; asked for again, it would undo what was decided by hand since.
 */
export class FollowedRulings1764979200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      /* when it was seen to be in the log, or that a later ruling about the pair had made it idle */
      ALTER TABLE decided.pair_ruling ADD COLUMN followed_at timestamptz;
      UPDATE decided.pair_ruling SET followed_at = handed_over_at WHERE handed_over_at < now() - interval '1 day';
      CREATE INDEX pair_ruling_to_follow ON decided.pair_ruling (number) WHERE followed_at IS NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE decided.pair_ruling DROP COLUMN followed_at');
  }
}
