import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A problem may be with a value of the person instead of a service's panel: a name, a date of birth or an address. */
export class ProblemsWithValues1765324800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE decided.problem
        ALTER COLUMN service DROP NOT NULL,
        /* which kind of value; its words are in sealed */
        ADD COLUMN value text CHECK (value IN ('name', 'date-of-birth', 'address')),
        ADD CONSTRAINT panel_or_value CHECK ((service IS NULL) <> (value IS NULL));
      CREATE OR REPLACE VIEW decided.problem_asked AS
        ${ASKED}, problem.value
        ${OF}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW decided.problem_asked;
      DELETE FROM decided.problem WHERE value IS NOT NULL;
      ALTER TABLE decided.problem DROP COLUMN value, ALTER COLUMN service SET NOT NULL;
      CREATE VIEW decided.problem_asked AS
        ${ASKED}
        ${OF}`);
  }
}

const ASKED = `
        SELECT ask.id, ask.problem, ask.source, problem.service, problem.category, problem.reported_at, problem.sealed,
               ask.due_at, ask.second_due_at, answer.outcome, answer.answered_at, answer.sealed AS answer_sealed,
               CASE WHEN answer.outcome IS NOT NULL THEN NULL
                    WHEN now() <= ask.due_at THEN 'first-owner'
                    WHEN now() <= ask.second_due_at THEN 'second-owner'
                    ELSE 'data-analyst' END AS waits_for`;

const OF = `
        FROM decided.problem_ask ask
        JOIN decided.problem ON problem.id = ask.problem
        LEFT JOIN LATERAL (
          SELECT outcome, answered_at, sealed FROM decided.problem_answer WHERE problem_answer.ask = ask.id
          ORDER BY answered_at DESC LIMIT 1) answer ON true`;
