import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When readers began to see a generation, and when they ceased to: what a roll-back goes back to. */
export class SwitchedAt1764072000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE control.generation ADD COLUMN switched_at timestamptz, ADD COLUMN retired_at timestamptz');
    await runner.query(`UPDATE control.generation SET switched_at = coalesce(ready_at, created_at) WHERE state IN ('live', 'retired')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE control.generation DROP COLUMN switched_at, DROP COLUMN retired_at');
  }
}
