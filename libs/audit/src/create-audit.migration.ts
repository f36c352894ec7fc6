import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Owns nothing and may only insert; the application writes as this role. Roles belong to the whole server, hence the tolerance for one that is there. */
export const WRITER_ROLE = 'involvement_audit_writer';

export class CreateAudit1764000000001 implements MigrationInterface {
  readonly name = 'CreateAudit1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA audit;
      CREATE TABLE audit.entry (
        seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        /* the sealer may seal what lies below the oldest running transaction */
        written_by xid8 NOT NULL DEFAULT pg_current_xact_id(),
        id uuid NOT NULL UNIQUE,
        at bigint,
        action text,
        outcome text,
        reader text,
        role text,
        team text,
        person uuid,
        subjects uuid[],
        reason text,
        reference text,
        shown jsonb,
        freshness jsonb,
        generation int,
        terms bytea,
        request_id text,
        format smallint NOT NULL,
        salts bytea NOT NULL,
        commitments bytea NOT NULL,
        redacted text[] NOT NULL DEFAULT '{}'
      );
      CREATE INDEX entry_person ON audit.entry (person, at) WHERE person IS NOT NULL;
      CREATE INDEX entry_reader ON audit.entry (reader, at);
      DO $$ BEGIN
        CREATE ROLE ${WRITER_ROLE} NOLOGIN;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
      END $$;
      GRANT USAGE ON SCHEMA audit TO ${WRITER_ROLE};
      GRANT INSERT ON audit.entry TO ${WRITER_ROLE};
      DO $$ BEGIN
        IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
          EXECUTE format('GRANT ${WRITER_ROLE} TO %I WITH SET TRUE', current_user);
        END IF;
      END $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA audit CASCADE');
  }
}
