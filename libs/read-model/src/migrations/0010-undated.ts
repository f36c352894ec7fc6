import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Generations that are past their bulk learn to look among those without a whole date of birth alone. */
export class Undated1764547200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const generations = (await runner.query(
      `SELECT schema_name AS schema FROM control.generation WHERE state <> 'dropped' AND stage NOT IN ('waiting', 'bulk')`,
    )) as { schema: string }[];
    for (const { schema } of generations)
      await runner.query(`
        CREATE INDEX IF NOT EXISTS record_5 ON ${schema}.record USING gin (search_keys) WITH (gin_pending_list_limit = 256)
          WHERE date_of_birth IS NULL OR length(date_of_birth) < 10`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const generations = (await runner.query(`SELECT schema_name AS schema FROM control.generation WHERE state <> 'dropped'`)) as {
      schema: string;
    }[];
    for (const { schema } of generations) await runner.query(`DROP INDEX IF EXISTS ${schema}.record_5`);
  }
}
