import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a reader has said and may do for the rest of a session: reasons given, the restricted record that is open, and who was viewed lately. */
export class Reasons1764460800001 implements MigrationInterface {
  readonly name = 'Reasons1764460800001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE session.session
        ADD COLUMN overriding uuid,
        ADD COLUMN overriding_why bytea;
      CREATE TABLE session.reason (
        /* a session, or a machine's reader */
        holder text NOT NULL,
        person uuid NOT NULL,
        sealed bytea NOT NULL,
        given_at bigint NOT NULL,
        PRIMARY KEY (holder, person)
      );
      CREATE INDEX reason_given ON session.reason (given_at);
      CREATE TABLE session.viewed (
        reader text NOT NULL,
        person uuid NOT NULL,
        at bigint NOT NULL,
        PRIMARY KEY (reader, person)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE session.reason, session.viewed');
  }
}
