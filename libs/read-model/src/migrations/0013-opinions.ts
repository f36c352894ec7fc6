import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What data stewards say of two records, and the rulings that follow. They stand in `decided`, outside every generation, the lesser subject token first.
 * Of the opinions those count that were given since the pair's last ruling.
 */
export class Opinions1764806400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA IF NOT EXISTS decided;
      CREATE TABLE decided.opinion (
        id uuid PRIMARY KEY,
        one uuid NOT NULL,
        other uuid NOT NULL CHECK (one < other),
        steward text NOT NULL,
        answer text NOT NULL CHECK (answer IN ('same', 'different', 'cannot-tell')),
        reason text NOT NULL,
        /* the steward's own words */
        sealed bytea,
        given_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        /* nobody is given a pair twice */
        UNIQUE (one, other, steward)
      );
      CREATE INDEX opinion_of_steward ON decided.opinion (steward, given_at);
      CREATE TABLE decided.pair_ruling (
        /* also of the request that the matcher takes up */
        id uuid PRIMARY KEY,
        number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        one uuid NOT NULL,
        other uuid NOT NULL CHECK (one < other),
        ruling text NOT NULL CHECK (ruling IN ('together', 'apart', 'none')),
        reason text NOT NULL,
        /* whose opinion made it one, or who takes it back */
        steward text NOT NULL,
        decided_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        handed_over_at timestamptz
      );
      CREATE INDEX pair_ruling_of_pair ON decided.pair_ruling (one, other, number);
      CREATE INDEX pair_ruling_to_hand_over ON decided.pair_ruling (number) WHERE handed_over_at IS NULL;
      CREATE VIEW decided.opinion_that_counts AS
        SELECT opinion.* FROM decided.opinion WHERE NOT EXISTS (
          SELECT FROM decided.pair_ruling ruling
          WHERE ruling.one = opinion.one AND ruling.other = opinion.other AND ruling.decided_at > opinion.given_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW decided.opinion_that_counts; DROP TABLE decided.pair_ruling, decided.opinion');
  }
}
