import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Checkpoints account for offsets that hold no message. */
export class Holes1764288000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const generations = (await runner.query(`SELECT schema_name AS schema FROM control.generation WHERE state <> 'dropped'`)) as {
      schema: string;
    }[];
    for (const { schema } of generations)
      // One that is only asked for has no tables yet.
      await runner.query(
        `ALTER TABLE IF EXISTS ${schema}.checkpoint ADD COLUMN IF NOT EXISTS skipped bigint, ADD COLUMN IF NOT EXISTS empty_after bigint`,
      );
  }

  async down(runner: QueryRunner): Promise<void> {
    const generations = (await runner.query(`SELECT schema_name AS schema FROM control.generation WHERE state <> 'dropped'`)) as {
      schema: string;
    }[];
    for (const { schema } of generations)
      await runner.query(`ALTER TABLE IF EXISTS ${schema}.checkpoint DROP COLUMN skipped, DROP COLUMN empty_after`);
  }
}
