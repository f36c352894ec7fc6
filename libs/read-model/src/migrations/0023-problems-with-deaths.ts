import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A problem may be with the day somebody is said to have died: the living can be recorded as dead. */
export class ProblemsWithDeaths1765670400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(valuesAre("'name', 'date-of-birth', 'date-of-death', 'address'"));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM decided.problem WHERE value = 'date-of-death'`);
    await runner.query(valuesAre("'name', 'date-of-birth', 'address'"));
  }
}

const valuesAre = (kinds: string) => `
  ALTER TABLE decided.problem
    DROP CONSTRAINT problem_value_check,
    ADD CONSTRAINT problem_value_check CHECK (value IN (${kinds}))`;
