import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the teams of sources see: refusals by field and rule with how to fix them, and their scorecards by week. Counts, codes and words of ours; never a value. */
export class SourceTeams1764720000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE control.rejected_field (
        source text NOT NULL,
        day text NOT NULL,
        /* empty: it could not be told which event it was */
        type text NOT NULL,
        pointer text NOT NULL,
        rule text NOT NULL,
        expected text NOT NULL,
        fix text NOT NULL,
        problems bigint NOT NULL,
        last_at bigint NOT NULL,
        PRIMARY KEY (source, day, type, pointer, rule)
      );
      CREATE TABLE control.source_score (
        source text NOT NULL,
        /* its Monday */
        week text NOT NULL,
        measured_at timestamptz NOT NULL,
        figures jsonb NOT NULL,
        PRIMARY KEY (source, week)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE control.source_score, control.rejected_field');
  }
}
