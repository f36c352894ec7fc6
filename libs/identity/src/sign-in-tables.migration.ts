import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sessions get a name of their own, so that their token can change; beside them what is kept while a reader is at the directory, and who was sent out. */
export class SignInTables1764100000001 implements MigrationInterface {
  readonly name = 'SignInTables1764100000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM session.session;
      ALTER TABLE session.session
        DROP CONSTRAINT session_pkey,
        ADD COLUMN id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        ADD COLUMN rotated_at bigint NOT NULL,
        /* the token before this one: answers under way, and one that was lost, may still carry it */
        ADD COLUMN previous_hash bytea;
      CREATE UNIQUE INDEX session_token ON session.session (token_hash);
      CREATE INDEX session_previous ON session.session (previous_hash) WHERE previous_hash IS NOT NULL;
      CREATE INDEX session_reader ON session.session ((reader->>'id'));
      CREATE TABLE session.sign_in (
        state_hash bytea PRIMARY KEY,
        /* of the cookie of the browser that began */
        browser_hash bytea NOT NULL,
        nonce text NOT NULL,
        verifier text NOT NULL,
        going_to text NOT NULL,
        begun_at bigint NOT NULL
      );
      CREATE INDEX sign_in_begun ON session.sign_in (begun_at);
      CREATE TABLE session.revoked (
        who text PRIMARY KEY,
        revoked_at bigint NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE session.sign_in, session.revoked');
  }
}
