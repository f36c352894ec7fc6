import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What one door has to know of the others before it says how far a source sees. */
export class Doors1764200000000 implements MigrationInterface {
  readonly name = 'Doors1764200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ingest.halted (
        source text NOT NULL,
        door text NOT NULL,
        code text NOT NULL,
        since timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (source, door)
      );
      /* Until when everything committed at the source is known to have come. */
      ALTER TABLE ingest.captured ADD heard_at timestamptz;
      /* Of the newest snapshot: whose offsets these are, where it began, and the first row of the stream behind that. */
      ALTER TABLE ingest.captured ADD epoch int, ADD snapshot_began bigint, ADD streamed_from bigint;
      /* What came by which door, from whom and when: counts of a day. */
      CREATE TABLE ingest.sent (
        source text NOT NULL,
        day date NOT NULL,
        door text NOT NULL,
        /* A client of the directory, a reader who sent a file by page, or who may write there at all. */
        sender text NOT NULL,
        accepted bigint NOT NULL,
        rejected bigint NOT NULL,
        first_at timestamptz NOT NULL,
        last_at timestamptz NOT NULL,
        PRIMARY KEY (source, day, door, sender)
      );
      /* A refused row that nobody can name may be any fact; one that the newest snapshot has not shown is no longer there. */
      ALTER TABLE ingest.captured DROP snapshot_unnamed;
      ALTER TABLE ingest.captured_refused ADD unnamed boolean NOT NULL DEFAULT false, ADD seen boolean NOT NULL DEFAULT true;
      /* It is counted anew, of every table. */
      UPDATE ingest.captured SET held = NULL, approved_by = NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE ingest.captured_refused DROP unnamed, DROP seen;
      ALTER TABLE ingest.captured ADD snapshot_unnamed boolean NOT NULL DEFAULT false,
        DROP heard_at, DROP epoch, DROP snapshot_began, DROP streamed_from;
      DROP TABLE ingest.sent;
      DROP TABLE ingest.halted;
    `);
  }
}
