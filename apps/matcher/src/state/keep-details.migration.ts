import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Records are compared by all that their sources say of a person. What was kept before knew less: it is dropped, and the matcher reads both
 * logs again.
 */
export class KeepDetails1764180000000 implements MigrationInterface {
  readonly name = 'KeepDetails1764180000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      TRUNCATE matcher.record, matcher.outbox, matcher.checkpoint;
      ALTER TABLE matcher.record
        DROP COLUMN match_keys,
        DROP COLUMN undecided,
        ADD COLUMN content uuid,
        /* 'compare', 'decide': remembered while catching up. */
        ADD COLUMN waiting text;
      CREATE INDEX record_waiting ON matcher.record (waiting, subject) WHERE waiting IS NOT NULL;
      CREATE INDEX record_replaced_by ON matcher.record (replaced_by) WHERE replaced_by IS NOT NULL;
      CREATE INDEX record_quarantined ON matcher.record (subject) WHERE reason = 'too-many-alike';

      /* Beside the record, as it is seldom written and its keys are the dearest to index. */
      CREATE TABLE matcher.details (
        subject uuid PRIMARY KEY,
        content uuid NOT NULL,
        keys bigint[] NOT NULL,
        sealed bytea NOT NULL,
        gone boolean NOT NULL DEFAULT false
      ) WITH (fillfactor = 90);
      /* No pending list: it is searched by every look-up, and every batch looks up. */
      CREATE INDEX details_keys ON matcher.details USING gin (keys) WITH (fastupdate = off);

      /* Records that are, or may be, one person; the lesser subject token first. */
      CREATE TABLE matcher.pair (
        one uuid,
        other uuid,
        weight int NOT NULL,
        zone text NOT NULL,
        caps text[] NOT NULL,
        PRIMARY KEY (one, other)
      );
      CREATE INDEX pair_other ON matcher.pair (other);

      /* What stewards decided of two records, the lesser subject token first. */
      CREATE TABLE matcher.rule (
        one uuid,
        other uuid,
        ruling text NOT NULL CHECK (ruling IN ('together', 'apart', 'none')),
        decision bigint NOT NULL,
        PRIMARY KEY (one, other)
      );
      CREATE INDEX rule_other ON matcher.rule (other);
      ALTER TABLE matcher.outbox ADD COLUMN other uuid, ADD COLUMN by_role text;

      /* What somebody asks to be decided by hand; the matcher makes decisions of it, and notes their numbers. */
      CREATE TABLE matcher.ruling_request (
        id uuid PRIMARY KEY,
        one uuid NOT NULL,
        other uuid NOT NULL CHECK (other <> one),
        ruling text NOT NULL CHECK (ruling IN ('together', 'apart', 'none')),
        reason text NOT NULL,
        by_role text NOT NULL,
        asked_at timestamptz NOT NULL DEFAULT now(),
        decision bigint
      );
      CREATE INDEX ruling_request_waiting ON matcher.ruling_request (asked_at, id) WHERE decision IS NULL;

      /* By which model everything was decided; null before the first. */
      ALTER TABLE matcher.progress ADD COLUMN model text;
    `);
  }

  async down(): Promise<void> {
    // What was kept before can't be brought back: the matcher reads both logs again.
  }
}
