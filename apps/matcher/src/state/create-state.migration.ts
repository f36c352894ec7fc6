import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateState1763860000000 implements MigrationInterface {
  readonly name = 'CreateState1763860000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA IF NOT EXISTS matcher;
      CREATE TABLE matcher.record (
        subject uuid PRIMARY KEY,
        match_keys uuid[] NOT NULL,
        details_epoch int NOT NULL,
        details_position bigint NOT NULL,
        removed boolean NOT NULL,
        presence_epoch int NOT NULL,
        presence_position bigint NOT NULL,
        replaced_by uuid,
        replacement_epoch int NOT NULL,
        replacement_position bigint NOT NULL,
        erased boolean NOT NULL,
        person uuid,
        reason text,
        decision bigint NOT NULL,
        undecided boolean NOT NULL
      ) WITH (fillfactor = 85);
      /* No pending list: it is searched by every look-up, and every batch looks up. */
      CREATE INDEX record_match_keys ON matcher.record USING gin (match_keys) WITH (fastupdate = off);
      CREATE INDEX record_person ON matcher.record (person);
      CREATE INDEX record_undecided ON matcher.record (subject) WHERE undecided;

      CREATE TABLE matcher.checkpoint (
        topic text,
        partition int,
        next_offset bigint NOT NULL,
        last_event_id text,
        PRIMARY KEY (topic, partition)
      );

      CREATE TABLE matcher.outbox (
        decision bigint PRIMARY KEY,
        type text NOT NULL,
        subject uuid,
        person uuid,
        into_person uuid,
        reason text,
        model_version text,
        offsets jsonb
      );

      CREATE TABLE matcher.progress (
        one boolean PRIMARY KEY DEFAULT true CHECK (one),
        /* Grows with every writer, so that one that was replaced and does not know it writes nothing more. */
        writer bigint NOT NULL DEFAULT 0,
        last_decision bigint NOT NULL DEFAULT 0,
        announced jsonb,
        /* While set, events are remembered but not decided: per partition the offset up to which identity-log has decisions already. */
        catch_up jsonb
      );
      INSERT INTO matcher.progress DEFAULT VALUES;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA matcher CASCADE');
  }
}
