import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Operators see since when readers have read a generation. Of one that went live before, only the first is known: it always was. */
export class LiveSince1764032400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE control.generation ADD COLUMN live_since timestamptz');
    await runner.query(`
      UPDATE control.generation SET live_since = created_at
      WHERE state = 'live' AND (SELECT count(*) FROM control.generation) = 1`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE control.generation DROP COLUMN live_since');
  }
}
