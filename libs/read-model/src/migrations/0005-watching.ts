import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is watched: refusals, how each source's days went, what it held, and which alarms are open. None of it belongs to a generation. */
export class Watching1764115200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE control.rejected (
        source text NOT NULL,
        day text NOT NULL,
        code text NOT NULL,
        events bigint NOT NULL,
        PRIMARY KEY (source, day, code)
      )`);
    await runner.query(`
      CREATE TABLE control.rejected_checkpoint (
        partition int PRIMARY KEY,
        next_offset bigint NOT NULL,
        last_event_id text
      ) WITH (fillfactor = 50)`);
    // A minute is counted once, however many processes watch; a minute nobody watched is in neither count.
    await runner.query(`
      CREATE TABLE control.source_day (
        source text NOT NULL,
        day text NOT NULL,
        minutes_on_time int NOT NULL DEFAULT 0,
        minutes_late int NOT NULL DEFAULT 0,
        last_minute timestamptz,
        events bigint NOT NULL DEFAULT 0,
        records_held bigint,
        open_held bigint,
        records_here bigint,
        open_here bigint,
        PRIMARY KEY (source, day)
      ) WITH (fillfactor = 50)`);
    // The greatest counts of each hour: what a drop within a day is measured from.
    await runner.query(`
      CREATE TABLE control.source_hour (
        source text NOT NULL,
        hour timestamptz NOT NULL,
        records_held bigint,
        open_held bigint,
        records_here bigint,
        open_here bigint,
        PRIMARY KEY (source, hour)
      ) WITH (fillfactor = 50)`);
    await runner.query(`
      CREATE TABLE control.alarm (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        code text NOT NULL,
        source text,
        since timestamptz NOT NULL DEFAULT now(),
        details jsonb NOT NULL,
        cleared_at timestamptz,
        accepted_at timestamptz
      )`);
    await runner.query(`CREATE UNIQUE INDEX one_open_alarm ON control.alarm (code, coalesce(source, '')) WHERE cleared_at IS NULL`);
    await runner.query(`CREATE INDEX ON control.alarm (code, accepted_at) WHERE accepted_at IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE control.alarm, control.source_hour, control.source_day, control.rejected_checkpoint, control.rejected');
  }
}
