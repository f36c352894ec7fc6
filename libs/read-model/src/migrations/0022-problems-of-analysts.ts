import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A problem may be asked of the data analysts alone, of no source: theirs is the ask without one, and they answer by codes of their own. */
export class ProblemsOfAnalysts1765584000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE decided.problem_ask ALTER COLUMN source DROP NOT NULL;
      CREATE UNIQUE INDEX problem_ask_of_analysts ON decided.problem_ask (problem) WHERE source IS NULL;
      ALTER TABLE decided.problem_answer
        DROP CONSTRAINT problem_answer_outcome_check,
        ADD CONSTRAINT problem_answer_outcome_check
          CHECK (outcome IN ('answered', 'fixed', 'refused', 'there-now', 'nothing-to-show', 'more-needed'));
      CREATE OR REPLACE VIEW decided.problem_asked AS
        ${asked("WHEN ask.source IS NULL THEN 'data-analyst'")},
               /* whoever was to answer first has not, in time */
               answer.outcome IS NULL AND now() > ask.due_at AS overdue
        ${OF}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW decided.problem_asked;
      DELETE FROM decided.problem WHERE id IN (SELECT problem FROM decided.problem_ask WHERE source IS NULL);
      DROP INDEX decided.problem_ask_of_analysts;
      ALTER TABLE decided.problem_ask ALTER COLUMN source SET NOT NULL;
      ALTER TABLE decided.problem_answer
        DROP CONSTRAINT problem_answer_outcome_check,
        ADD CONSTRAINT problem_answer_outcome_check CHECK (outcome IN ('answered', 'fixed', 'refused'));
      CREATE VIEW decided.problem_asked AS
        ${asked('')}
        ${OF}`);
  }
}

const asked = (alone: string) => `
        SELECT ask.id, ask.problem, ask.source, problem.service, problem.category, problem.reported_at, problem.sealed,
               ask.due_at, ask.second_due_at, answer.outcome, answer.answered_at, answer.sealed AS answer_sealed,
               CASE WHEN answer.outcome IS NOT NULL THEN NULL
                    ${alone}
                    WHEN now() <= ask.due_at THEN 'first-owner'
                    WHEN now() <= ask.second_due_at THEN 'second-owner'
                    ELSE 'data-analyst' END AS waits_for,
               problem.value`;

const OF = `
        FROM decided.problem_ask ask
        JOIN decided.problem ON problem.id = ask.problem
        LEFT JOIN LATERAL (
          SELECT outcome, answered_at, sealed FROM decided.problem_answer WHERE problem_answer.ask = ask.id
          ORDER BY answered_at DESC LIMIT 1) answer ON true`;
