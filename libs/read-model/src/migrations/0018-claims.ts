import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * "Same person?": what readers say of two people who are shown apart. Claims stand in `decided`, outside every generation, and go by two records, the lesser subject token
 * first. They hide and join nothing: stewards decide.
 */
export class Claims1765238400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA IF NOT EXISTS decided;
      CREATE TABLE decided.claim (
        id uuid PRIMARY KEY,
        /* of each person the record that is most like one of the other's */
        one uuid NOT NULL,
        other uuid NOT NULL CHECK (one < other),
        reader text NOT NULL,
        reason text NOT NULL,
        /* the reader's own words */
        sealed bytea,
        raised_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        request_id text NOT NULL,
        settled_at timestamptz,
        settled_as text CHECK (settled_as IN ('same', 'different', 'withdrawn')),
        settled_by text,
        /* of the ruling that settled it; taken back, the claim is open again */
        pair_ruling uuid,
        CHECK ((settled_at IS NULL) = (settled_as IS NULL))
      );
      /* one open claim per pair and reader */
      CREATE UNIQUE INDEX claim_open ON decided.claim (one, other, reader) WHERE settled_at IS NULL;
      CREATE INDEX claim_by_ruling ON decided.claim (pair_ruling) WHERE pair_ruling IS NOT NULL;
      CREATE INDEX claim_of_reader ON decided.claim (reader, one)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE decided.claim');
  }
}
