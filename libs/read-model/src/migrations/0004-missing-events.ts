import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the index and a source's own extract did not agree on: an event is missing somewhere, until they agree. */
export class MissingEvents1764075600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE control.missing_event (
        source text NOT NULL,
        fact text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('only-here', 'only-there', 'differs')),
        field text NOT NULL,
        first_seen timestamptz NOT NULL,
        last_seen timestamptz NOT NULL,
        gone_at timestamptz,
        PRIMARY KEY (source, fact, kind, field)
      )`);
    await runner.query('CREATE INDEX ON control.missing_event (source) WHERE gone_at IS NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE control.missing_event');
  }
}
