import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where capturing the changes of each source stands, and the rows of it that are refused as they are now: no value of them. */
export class Captured1764000000000 implements MigrationInterface {
  readonly name = 'Captured1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ingest.captured (
        source text PRIMARY KEY,
        /* Where the snapshot begins that has not been compared yet with what was published before. */
        snapshot_from bigint,
        /* A row of it could not be named: nothing may be taken for gone. */
        snapshot_unnamed boolean NOT NULL DEFAULT false,
        /* More would disappear than is believed without a person. */
        held jsonb,
        approved_by text
      );
      CREATE TABLE ingest.captured_refused (
        source text NOT NULL,
        /* Keyed hash of its table and key. */
        row_hash bytea NOT NULL,
        table_name text NOT NULL,
        problems jsonb NOT NULL,
        since timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (source, row_hash)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE ingest.captured_refused; DROP TABLE ingest.captured');
  }
}
