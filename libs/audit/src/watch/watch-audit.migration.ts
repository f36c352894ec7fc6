import type { MigrationInterface, QueryRunner } from 'typeorm';
import { READER_ROLE } from '../read/read-audit.migration.js';
import { REDACT_VERB } from '../verify/redactions.js';

/** Compares the log with what was sealed, and notes what came of it; can change nothing of the log. */
export const WATCHER_ROLE = 'involvement_audit_watcher';

export class WatchAudit1765400000005 implements MigrationInterface {
  readonly name = 'WatchAudit1765400000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      /* Both are copies for pages of what stands at the second place, which is where whoever owns this database can't write. */
      CREATE TABLE audit.mismatch (
        id text PRIMARY KEY,
        /* null: it concerns no entry in particular */
        index bigint,
        through bigint,
        kind text NOT NULL,
        says text NOT NULL,
        found_at bigint NOT NULL,
        acknowledged_at bigint,
        acknowledged_by text,
        words text
      );
      CREATE TABLE audit.watch (
        one boolean PRIMARY KEY DEFAULT true CHECK (one),
        /* when the newest entries, and when the whole log, were last begun to be checked and have been since */
        newest_at bigint,
        whole_at bigint,
        whole_entries bigint
      );
      /* whether what was taken out of an entry is on record is asked for each such entry */
      CREATE INDEX entry_redaction ON audit.entry ((shown->>'entry')) WHERE action = 'operated' AND shown->>'verb' = '${REDACT_VERB}';
      DO $$ BEGIN
        CREATE ROLE ${WATCHER_ROLE} NOLOGIN;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
      END $$;
      GRANT USAGE ON SCHEMA audit TO ${WATCHER_ROLE};
      GRANT SELECT ON audit.entry, audit.sealed TO ${WATCHER_ROLE};
      GRANT SELECT, INSERT, UPDATE ON audit.watch TO ${WATCHER_ROLE};
      GRANT SELECT, INSERT, UPDATE, DELETE ON audit.mismatch TO ${WATCHER_ROLE};
      GRANT SELECT ON audit.watch, audit.mismatch TO ${READER_ROLE};
      DO $$ BEGIN
        IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
          EXECUTE format('GRANT ${WATCHER_ROLE} TO %I WITH SET TRUE', current_user);
        END IF;
      END $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX audit.entry_redaction;
      DROP TABLE audit.mismatch, audit.watch;
      REVOKE ALL ON audit.entry, audit.sealed FROM ${WATCHER_ROLE};
      REVOKE USAGE ON SCHEMA audit FROM ${WATCHER_ROLE};
    `);
  }
}
