import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateSessions1764000000002 implements MigrationInterface {
  readonly name = 'CreateSessions1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA session;
      CREATE TABLE session.session (
        token_hash bytea PRIMARY KEY,
        reader jsonb NOT NULL,
        started_at bigint NOT NULL,
        last_seen_at bigint NOT NULL
      );
      CREATE INDEX session_last_seen ON session.session (last_seen_at);
      CREATE TABLE session.kept_search (
        id uuid PRIMARY KEY,
        reader text NOT NULL,
        terms bytea NOT NULL,
        kept_at bigint NOT NULL
      );
      CREATE INDEX kept_search_kept_at ON session.kept_search (kept_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA session CASCADE');
  }
}
