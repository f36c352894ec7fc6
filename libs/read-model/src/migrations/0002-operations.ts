import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Building a generation beside the live one, what operators ask for, and what comparing has found. Live generations learn to keep a tally. */
export class Operations1764028800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE control.generation
        DROP CONSTRAINT generation_state_check,
        ADD CONSTRAINT generation_state_check CHECK (state IN ('building', 'ready', 'live', 'retired', 'dropped')),
        ADD COLUMN stage text NOT NULL DEFAULT 'waiting' CHECK (stage IN ('waiting', 'bulk', 'indexes', 'catching-up', 'built')),
        ADD COLUMN wanted text NOT NULL DEFAULT 'run' CHECK (wanted IN ('run', 'pause', 'cancel')),
        ADD COLUMN throttle int CHECK (throttle > 0),
        ADD COLUMN bulk_to jsonb,
        ADD COLUMN events_done bigint NOT NULL DEFAULT 0,
        ADD COLUMN events_total bigint,
        ADD COLUMN per_second real,
        ADD COLUMN progress_at timestamptz,
        ADD COLUMN ready_at timestamptz,
        ADD COLUMN failure text`);
    await runner.query(`CREATE UNIQUE INDEX one_build_at_a_time ON control.generation (state) WHERE state = 'building'`);
    await runner.query(`UPDATE control.generation SET stage = 'built'`);
    await runner.query(`
      CREATE TABLE control.request (
        id uuid PRIMARY KEY,
        verb text NOT NULL,
        arguments jsonb NOT NULL,
        asked_by text NOT NULL,
        reason text NOT NULL,
        asked_at timestamptz NOT NULL DEFAULT now(),
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'failed')),
        taken_at timestamptz,
        ended_at timestamptz,
        progress jsonb,
        outcome jsonb
      )`);
    await runner.query(`CREATE INDEX ON control.request (asked_at) WHERE state IN ('waiting', 'running')`);
    await runner.query(`
      CREATE TABLE control.comparison (
        id uuid PRIMARY KEY,
        generation int NOT NULL,
        beside int,
        share real NOT NULL,
        rows_compared bigint NOT NULL,
        differences bigint NOT NULL,
        undecided bigint NOT NULL DEFAULT 0,
        compared_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(`
      CREATE TABLE control.difference (
        comparison uuid NOT NULL REFERENCES control.comparison ON DELETE CASCADE,
        table_name text NOT NULL,
        row_key text NOT NULL,
        subject uuid,
        field text NOT NULL,
        here text,
        there text,
        PRIMARY KEY (comparison, table_name, row_key, field)
      )`);
    await runner.query(`
      CREATE TABLE control.discarded (
        topic text NOT NULL, partition int NOT NULL, log_offset bigint NOT NULL, discarded_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (topic, partition, log_offset)
      )`);
    const generations = (await runner.query(`SELECT schema_name AS schema FROM control.generation`)) as { schema: string }[];
    for (const { schema } of generations) {
      await keepTally(runner, schema);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE control.difference, control.comparison, control.request, control.discarded');
  }
}

/** What stands before the checkpoints was not counted and never will be, but for what is parked: that will be let go and counted then. */
async function keepTally(runner: QueryRunner, schema: string): Promise<void> {
  await runner.query(`ALTER TABLE ${schema}.parked ADD COLUMN published_at bigint`);
  await runner.query(`UPDATE ${schema}.parked SET published_at = parked_at`);
  await runner.query(`ALTER TABLE ${schema}.checkpoint ADD COLUMN counted_from bigint`);
  await runner.query(`
    UPDATE ${schema}.checkpoint AS c SET counted_from = next_offset -
      (SELECT count(*) FROM ${schema}.parked p WHERE p.topic = c.topic AND p.partition = c.partition)`);
  await runner.query(`
    CREATE TABLE ${schema}.tally (
      topic text NOT NULL, partition int NOT NULL, source text NOT NULL, day text NOT NULL,
      received bigint, applied bigint, superseded bigint, erased bigint, parked bigint, discarded bigint,
      PRIMARY KEY (topic, partition, source, day)
    ) WITH (fillfactor = 50)`);
  await runner.query(`
    INSERT INTO ${schema}.tally
    SELECT topic, partition, CASE WHEN topic LIKE '%identity-log' THEN '(matcher)' ELSE coalesce(source, '(unreadable)') END,
           to_char(to_timestamp(parked_at / 1000.0) AT TIME ZONE 'Europe/London', 'YYYY-MM-DD'), count(*), 0, 0, 0, count(*), 0
    FROM ${schema}.parked GROUP BY 1, 2, 3, 4`);
}
