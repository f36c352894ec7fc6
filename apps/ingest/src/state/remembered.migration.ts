import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What was published of each fact. `fact` is a keyed hash of its kind and id, the digests are keyed too, and `ids` is sealed with the
 * record's own key: nothing here can be read without a secret, and nothing at all of an erased record.
 */
export class Remembered1763900000000 implements MigrationInterface {
  readonly name = 'Remembered1763900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA IF NOT EXISTS ingest;
      CREATE TABLE ingest.remembered (
        source text NOT NULL,
        fact bytea NOT NULL,
        kind text NOT NULL,
        service text,
        subject uuid NOT NULL,
        epoch int NOT NULL,
        position bigint NOT NULL,
        /* Null where the content can't be known again from the log: the next re-read then tells it once more. */
        details bytea,
        ending bytea,
        is_open boolean NOT NULL,
        ids bytea NOT NULL,
        PRIMARY KEY (source, fact)
      ) WITH (fillfactor = 85);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE ingest.remembered');
  }
}
