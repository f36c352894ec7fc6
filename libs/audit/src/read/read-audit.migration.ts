import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reads the log and what was found unusual in it; can write nothing anywhere. */
export const READER_ROLE = 'involvement_audit_reader';
/** Adds what was found unusual, and what was decided about it. Neither can be changed or taken away again, and the log not even added to. */
export const REVIEWER_ROLE = 'involvement_audit_reviewer';

export class ReadAudit1764200000003 implements MigrationInterface {
  readonly name = 'ReadAudit1764200000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      /* pages list by time; entries come nearly in its order, which makes this index cheap to keep */
      CREATE INDEX entry_at ON audit.entry (at, seq);
      CREATE INDEX entry_notable ON audit.entry (at, seq) WHERE outcome = 'denied' OR action IN ('overridden', 'read-audit', 'exported');
      CREATE INDEX entry_reason ON audit.entry (at, seq) WHERE reason IS NOT NULL;

      CREATE SCHEMA unusual;
      CREATE TABLE unusual.finding (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        rule text NOT NULL,
        reader text NOT NULL,
        role text,
        team text,
        /* null: it is about how much or when, not about whom */
        person uuid,
        /* the day, or the first day of the week, in Europe/London */
        day date NOT NULL,
        first_at bigint NOT NULL,
        last_at bigint NOT NULL,
        counts jsonb NOT NULL,
        found_at bigint NOT NULL,
        /* the same thing is found once, however often the rules run */
        UNIQUE NULLS NOT DISTINCT (rule, reader, day, person)
      );
      CREATE INDEX finding_last_at ON unusual.finding (last_at, id);
      CREATE TABLE unusual.verdict (
        seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        finding uuid NOT NULL REFERENCES unusual.finding,
        verdict text NOT NULL CHECK (verdict IN ('justified', 'upheld')),
        reason text NOT NULL,
        decided_by text NOT NULL,
        decided_at bigint NOT NULL
      );
      CREATE INDEX verdict_finding ON unusual.verdict (finding, seq);
      ${[READER_ROLE, REVIEWER_ROLE].map(createRole).join('\n')}
      GRANT USAGE ON SCHEMA audit, unusual TO ${READER_ROLE}, ${REVIEWER_ROLE};
      GRANT SELECT ON audit.entry, audit.sealed, audit.checkpoint, unusual.finding, unusual.verdict TO ${READER_ROLE};
      GRANT SELECT ON unusual.finding, unusual.verdict TO ${REVIEWER_ROLE};
      GRANT INSERT (rule, reader, role, team, person, day, first_at, last_at, counts, found_at) ON unusual.finding TO ${REVIEWER_ROLE};
      GRANT INSERT (finding, verdict, reason, decided_by, decided_at) ON unusual.verdict TO ${REVIEWER_ROLE};
      DO $$ BEGIN
        IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
          EXECUTE format('GRANT ${READER_ROLE}, ${REVIEWER_ROLE} TO %I WITH SET TRUE', current_user);
        END IF;
      END $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP SCHEMA unusual CASCADE;
      DROP INDEX audit.entry_at, audit.entry_notable, audit.entry_reason;
      REVOKE ALL ON audit.entry, audit.sealed, audit.checkpoint FROM ${READER_ROLE};
      REVOKE USAGE ON SCHEMA audit FROM ${READER_ROLE}, ${REVIEWER_ROLE};
    `);
  }
}

/** Roles belong to the whole server, hence the tolerance for one that is there. */
const createRole = (role: string) => `
  DO $$ BEGIN
    CREATE ROLE ${role} NOLOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END $$;`;
