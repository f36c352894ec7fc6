import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * "Not the same person?": readers' doubts whether a record belongs to the person it is shown with. They stand in `decided`, outside every generation, and go by
 * the record. One that is settled as `different` stays in force while the record is still with those it was parted from.
 */
export class Doubts1764892800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA IF NOT EXISTS decided;
      CREATE TABLE decided.doubt (
        id uuid PRIMARY KEY,
        /* the record doubted, and the person it was shown with then */
        subject uuid NOT NULL,
        person uuid NOT NULL,
        reader text NOT NULL,
        reason text NOT NULL,
        /* the reader's own words */
        sealed bytea,
        /* its facts are not shown until it is settled */
        hides boolean NOT NULL,
        raised_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        request_id text NOT NULL,
        settled_at timestamptz,
        settled_as text CHECK (settled_as IN ('same', 'different', 'withdrawn')),
        settled_by text,
        /* of the ruling that settled it; taken back, the doubt is open again */
        pair_ruling uuid,
        apart_from uuid[] NOT NULL DEFAULT '{}',
        CHECK ((settled_at IS NULL) = (settled_as IS NULL))
      );
      /* one open doubt per record and reader */
      CREATE UNIQUE INDEX doubt_open ON decided.doubt (subject, reader) WHERE settled_at IS NULL;
      CREATE INDEX doubt_by_ruling ON decided.doubt (pair_ruling) WHERE pair_ruling IS NOT NULL;
      CREATE INDEX doubt_of_record ON decided.doubt (subject) WHERE settled_at IS NULL OR settled_as = 'different';
      /* of a doubted record every other of the person is parted: rulings that go with the one that stewards gave */
      ALTER TABLE decided.pair_ruling ADD COLUMN goes_with uuid;
      CREATE VIEW decided.doubt_that_may_count AS SELECT * FROM decided.doubt WHERE settled_at IS NULL OR settled_as = 'different'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP VIEW decided.doubt_that_may_count; DROP TABLE decided.doubt; ALTER TABLE decided.pair_ruling DROP COLUMN goes_with',
    );
  }
}
