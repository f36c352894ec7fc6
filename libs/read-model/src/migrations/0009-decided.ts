import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * `decided` holds what people decide by hand. It stands outside every generation and goes by records, never by persons, so that no re-feed, merge,
 * split or rebuild loses it. Generations that are past their bulk learn to look up a caseload.
 */
export class Decided1764460800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA decided;
      /* one decision restricts all records of a person, so that a split leaves none of them open */
      CREATE TABLE decided.restriction (
        decision uuid NOT NULL,
        subject uuid NOT NULL,
        set_by text NOT NULL,
        set_at timestamptz NOT NULL DEFAULT now(),
        reason text NOT NULL,
        lifted_by text,
        lifted_at timestamptz,
        lifted_because text,
        PRIMARY KEY (decision, subject)
      );
      CREATE INDEX restriction_in_force ON decided.restriction (subject) WHERE lifted_at IS NULL;
      CREATE VIEW decided.restricted AS SELECT subject FROM decided.restriction WHERE lifted_at IS NULL;
      /* "I know this person" */
      CREATE TABLE decided.declaration (
        declaration uuid NOT NULL,
        reader text NOT NULL,
        subject uuid NOT NULL,
        declared_at timestamptz NOT NULL DEFAULT now(),
        withdrawn_by text,
        withdrawn_at timestamptz,
        withdrawn_because text,
        PRIMARY KEY (declaration, subject)
      );
      CREATE INDEX declaration_in_force ON decided.declaration (reader, subject) WHERE withdrawn_at IS NULL;
      /* what officers are told of at once */
      CREATE TABLE decided.alert (
        id uuid PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('restriction-overridden')),
        raised_at timestamptz NOT NULL DEFAULT now(),
        reader text NOT NULL,
        person uuid NOT NULL,
        request_id text NOT NULL,
        seen_by text,
        seen_at timestamptz
      );
      CREATE INDEX alert_unseen ON decided.alert (raised_at) WHERE seen_at IS NULL`);
    const generations = (await runner.query(
      `SELECT schema_name AS schema FROM control.generation WHERE state <> 'dropped' AND stage NOT IN ('waiting', 'bulk')`,
    )) as { schema: string }[];
    for (const { schema } of generations)
      await runner.query(`
        CREATE INDEX IF NOT EXISTS involvement_2 ON ${schema}.involvement (lower(practitioner ->> 'readerId'))
          WHERE practitioner ->> 'readerId' IS NOT NULL;
        CREATE INDEX IF NOT EXISTS involvement_3 ON ${schema}.involvement (team)
          WHERE status IS DISTINCT FROM 'closed' AND practitioner ->> 'name' IS NULL AND team IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA decided CASCADE');
  }
}
