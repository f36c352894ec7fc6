import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files that were sent: what is known of each stays as its history, its content (sealed) only until it is published or let go. */
export class Files1763900000001 implements MigrationInterface {
  readonly name = 'Files1763900000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ingest.file (
        id uuid PRIMARY KEY,
        source text NOT NULL,
        table_name text NOT NULL,
        complete boolean NOT NULL,
        /* Microseconds since 1970: the version of all it says. */
        exported_at bigint NOT NULL,
        sha256 bytea NOT NULL,
        bytes bigint NOT NULL,
        encoding text NOT NULL,
        received_at timestamptz NOT NULL DEFAULT now(),
        received_from text NOT NULL,
        state text NOT NULL,
        /* What it would do, and what is wrong in it: counts, columns and rules, never a value. */
        preview jsonb,
        problems jsonb NOT NULL DEFAULT '[]',
        /* The file of the same table that was published last when it was compared. */
        compared_with uuid,
        confirmed_by text,
        approved_by text,
        published_at timestamptz,
        receipt jsonb
      );
      CREATE INDEX file_of_source ON ingest.file (source, received_at DESC);

      CREATE TABLE ingest.file_part (
        file uuid NOT NULL,
        part int NOT NULL,
        sealed bytea NOT NULL,
        kept_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (file, part)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE ingest.file_part; DROP TABLE ingest.file');
  }
}
