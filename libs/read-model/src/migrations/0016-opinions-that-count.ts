import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What stewards see of a day's work is found without reading all that was ever decided. */
export class OpinionsThatCount1765065600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE decided.opinion
        /* a ruling about its pair was kept after it; it may be so without this, so that the view looks as well */
        ADD COLUMN ruled boolean NOT NULL DEFAULT false,
        /* of a second look that says something: whether it came to the same as the first */
        ADD COLUMN agreed boolean;
      UPDATE decided.opinion SET ruled = true WHERE EXISTS (
        SELECT FROM decided.pair_ruling ruling
        WHERE ruling.one = opinion.one AND ruling.other = opinion.other AND ruling.decided_at > opinion.given_at);
      WITH look AS (
        SELECT id, answer, lag(answer) OVER pair AS first, row_number() OVER pair AS place
        FROM decided.opinion WHERE answer <> 'cannot-tell' WINDOW pair AS (PARTITION BY one, other ORDER BY given_at))
      UPDATE decided.opinion SET agreed = look.answer = look.first FROM look WHERE look.id = opinion.id AND place = 2;
      CREATE INDEX opinion_not_ruled ON decided.opinion (one, other) WHERE NOT ruled;
      CREATE INDEX opinion_second_look ON decided.opinion (given_at, agreed) WHERE agreed IS NOT NULL;
      CREATE OR REPLACE VIEW decided.opinion_that_counts AS
        SELECT id, one, other, steward, answer, reason, sealed, given_at FROM decided.opinion WHERE NOT ruled AND NOT EXISTS (
          SELECT FROM decided.pair_ruling ruling
          WHERE ruling.one = opinion.one AND ruling.other = opinion.other AND ruling.decided_at > opinion.given_at);
      CREATE FUNCTION decided.note_ruled() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE decided.opinion SET ruled = true WHERE one = NEW.one AND other = NEW.other AND NOT ruled AND given_at < NEW.decided_at;
        RETURN NULL;
      END $$;
      CREATE TRIGGER note_ruled AFTER INSERT ON decided.pair_ruling FOR EACH ROW EXECUTE FUNCTION decided.note_ruled()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER note_ruled ON decided.pair_ruling;
      DROP FUNCTION decided.note_ruled;
      CREATE OR REPLACE VIEW decided.opinion_that_counts AS
        SELECT id, one, other, steward, answer, reason, sealed, given_at FROM decided.opinion WHERE NOT EXISTS (
          SELECT FROM decided.pair_ruling ruling
          WHERE ruling.one = opinion.one AND ruling.other = opinion.other AND ruling.decided_at > opinion.given_at);
      ALTER TABLE decided.opinion DROP COLUMN ruled, DROP COLUMN agreed`);
  }
}
