import type { MigrationInterface, QueryRunner } from 'typeorm';
import { WRITER_ROLE } from '../create-audit.migration.js';
import { ENTRY_COLUMNS } from '../entry.table.js';

/** Seals: reads what is needed for a leaf and no field of any entry, adds to the tree, changes nothing. */
export const SEALER_ROLE = 'involvement_audit_sealer';
/** Blanks fields of entries and their salts; can neither add nor delete an entry, nor touch what was committed to. */
export const REDACTOR_ROLE = 'involvement_audit_redactor';

export class SealAudit1764000000002 implements MigrationInterface {
  readonly name = 'SealAudit1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    const columns = Object.values(ENTRY_COLUMNS).map(({ column }) => column);
    const redactable = columns.filter((column) => column !== 'id');
    await runner.query(`
      ALTER TABLE audit.entry
        /* which of the two sinks acknowledged it, and when it came from the spool */
        ADD COLUMN sink text NOT NULL DEFAULT 'database' CHECK (sink IN ('database', 'spool')),
        ADD COLUMN drained_at bigint;
      /* in this order entries are sealed */
      CREATE INDEX entry_written ON audit.entry (written_by, seq);

      /* The leaves of the tree. It names entries without a foreign key: that would write to every entry once more. */
      CREATE TABLE audit.sealed (
        index bigint PRIMARY KEY CHECK (index >= 0),
        written_by xid8 NOT NULL,
        seq bigint NOT NULL UNIQUE,
        leaf bytea NOT NULL
      );
      CREATE TABLE audit.checkpoint (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        size bigint NOT NULL,
        root bytea NOT NULL,
        edge bytea NOT NULL,
        note text NOT NULL,
        signed_at bigint NOT NULL,
        pushed_at bigint
      );
      CREATE INDEX checkpoint_size ON audit.checkpoint (size);
      ${[SEALER_ROLE, REDACTOR_ROLE].map(createRole).join('\n')}
      GRANT USAGE ON SCHEMA audit TO ${SEALER_ROLE}, ${REDACTOR_ROLE};
      /* a writer that chose its own place in the order could keep an entry from ever being sealed */
      REVOKE INSERT ON audit.entry FROM ${WRITER_ROLE};
      GRANT INSERT (${columns.join()}, format, salts, commitments, sink, drained_at) ON audit.entry TO ${WRITER_ROLE};
      GRANT SELECT (seq, written_by, at, format, commitments) ON audit.entry TO ${SEALER_ROLE};
      GRANT SELECT, INSERT ON audit.sealed, audit.checkpoint TO ${SEALER_ROLE};
      GRANT UPDATE (pushed_at) ON audit.checkpoint TO ${SEALER_ROLE};
      GRANT SELECT ON audit.entry, audit.sealed TO ${REDACTOR_ROLE};
      GRANT UPDATE (${redactable.join()}, salts, redacted) ON audit.entry TO ${REDACTOR_ROLE};
      DO $$ BEGIN
        IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
          EXECUTE format('GRANT ${SEALER_ROLE}, ${REDACTOR_ROLE} TO %I WITH SET TRUE', current_user);
        END IF;
      END $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE audit.sealed, audit.checkpoint;
      DROP INDEX audit.entry_written;
      ALTER TABLE audit.entry DROP COLUMN sink, DROP COLUMN drained_at;
      REVOKE ALL ON audit.entry FROM ${WRITER_ROLE}, ${REDACTOR_ROLE}, ${SEALER_ROLE};
      GRANT INSERT ON audit.entry TO ${WRITER_ROLE};
    `);
  }
}

/** Roles belong to the whole server, hence the tolerance for one that is there. */
const createRole = (role: string) => `
  DO $$ BEGIN
    CREATE ROLE ${role} NOLOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END $$;`;
