import type { MigrationInterface, QueryRunner } from 'typeorm';

/** As whom the query service comes here: for data stewards. `ops prepare` lets it log in. */
const STEWARDS = 'index_stewards';

/** Data stewards see which pairs wait for them and since when, and ask for decisions; nothing here tells them what a record says. */
export class LetStewardsReview1764806400000 implements MigrationInterface {
  readonly name = 'LetStewardsReview1764806400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      /* When a pair was first found to be for a steward. Pairs are dropped and found anew whenever one of their records changes; this stays. */
      CREATE TABLE matcher.review_since (
        one uuid,
        other uuid,
        since timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (one, other)
      );
      INSERT INTO matcher.review_since (one, other) SELECT one, other FROM matcher.pair WHERE zone = 'review';
      CREATE INDEX pair_for_review ON matcher.pair (one, other) WHERE zone = 'review';
      DO $$ BEGIN
        CREATE ROLE ${STEWARDS} NOLOGIN;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
      END $$;
      GRANT USAGE ON SCHEMA matcher TO ${STEWARDS};
      GRANT SELECT ON matcher.pair, matcher.review_since, matcher.rule, matcher.record, matcher.ruling_request TO ${STEWARDS};
      GRANT INSERT (id, one, other, ruling, reason, by_role) ON matcher.ruling_request TO ${STEWARDS};
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      REVOKE ALL ON ALL TABLES IN SCHEMA matcher FROM ${STEWARDS};
      REVOKE ALL ON SCHEMA matcher FROM ${STEWARDS};
      DROP INDEX matcher.pair_for_review;
      DROP TABLE matcher.review_since`);
  }
}
