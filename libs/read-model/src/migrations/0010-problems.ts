import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Problems that readers report, what sources answer, and who was told of silence. They stand in `decided`, outside every generation, and go by the records that
 * the panel was made of. Who reported is not in here, but for a name that may be given: that is in `sealed`, with the words.
 */
export class Problems1764547200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA IF NOT EXISTS decided;
      CREATE TABLE decided.problem (
        id uuid PRIMARY KEY,
        service text NOT NULL,
        category text NOT NULL,
        reported_at timestamptz NOT NULL DEFAULT now(),
        sealed bytea NOT NULL
      );
      CREATE TABLE decided.problem_record (
        problem uuid NOT NULL REFERENCES decided.problem ON DELETE CASCADE,
        subject uuid NOT NULL,
        PRIMARY KEY (problem, subject)
      );
      CREATE INDEX problem_record_1 ON decided.problem_record (subject);
      /* one for every source that holds the value */
      CREATE TABLE decided.problem_ask (
        id uuid PRIMARY KEY,
        problem uuid NOT NULL REFERENCES decided.problem ON DELETE CASCADE,
        source text NOT NULL,
        due_at timestamptz NOT NULL,
        second_due_at timestamptz NOT NULL,
        UNIQUE (problem, source)
      );
      CREATE TABLE decided.problem_answer (
        ask uuid NOT NULL REFERENCES decided.problem_ask ON DELETE CASCADE,
        answered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        answered_by text NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('answered', 'fixed', 'refused')),
        sealed bytea NOT NULL,
        PRIMARY KEY (ask, answered_at)
      );
      CREATE TABLE decided.problem_escalation (
        ask uuid NOT NULL REFERENCES decided.problem_ask ON DELETE CASCADE,
        to_whom text NOT NULL CHECK (to_whom IN ('second-owner', 'data-analyst')),
        told_by text NOT NULL,
        told_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (ask, to_whom)
      );
      /* the newest answer counts; whom an answer is awaited of goes by the clock alone, whether or not anybody was told */
      CREATE VIEW decided.problem_asked AS
        SELECT ask.id, ask.problem, ask.source, problem.service, problem.category, problem.reported_at, problem.sealed,
               ask.due_at, ask.second_due_at, answer.outcome, answer.answered_at, answer.sealed AS answer_sealed,
               CASE WHEN answer.outcome IS NOT NULL THEN NULL
                    WHEN now() <= ask.due_at THEN 'first-owner'
                    WHEN now() <= ask.second_due_at THEN 'second-owner'
                    ELSE 'data-analyst' END AS waits_for
        FROM decided.problem_ask ask
        JOIN decided.problem ON problem.id = ask.problem
        LEFT JOIN LATERAL (
          SELECT outcome, answered_at, sealed FROM decided.problem_answer WHERE problem_answer.ask = ask.id
          ORDER BY answered_at DESC LIMIT 1) answer ON true`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW decided.problem_asked;
      DROP TABLE decided.problem_escalation, decided.problem_answer, decided.problem_ask, decided.problem_record, decided.problem`);
  }
}
