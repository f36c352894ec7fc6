import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an officer or a manager asks of the audit, kept sealed so that no address holds it. */
export class KeptQuestions1764200000002 implements MigrationInterface {
  readonly name = 'KeptQuestions1764200000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE session.kept_question (
        id uuid PRIMARY KEY,
        reader text NOT NULL,
        question bytea NOT NULL,
        kept_at bigint NOT NULL
      );
      CREATE INDEX kept_question_kept_at ON session.kept_question (kept_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE session.kept_question');
  }
}
