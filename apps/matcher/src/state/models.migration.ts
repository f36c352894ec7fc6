import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Match models as they were proposed, compared, approved and switched to, and what a candidate makes of the records beside the live one. */
export class Models1764900000000 implements MigrationInterface {
  readonly name = 'Models1764900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE matcher.model (
        id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        settings text NOT NULL,
        /* As the matcher calls it, with the digest of all that decisions depend on; null until it has begun. */
        version text,
        state text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'building', 'built', 'live', 'former', 'dropped')),
        proposed_by text NOT NULL,
        proposed_at timestamptz NOT NULL DEFAULT now(),
        reason text NOT NULL,
        /* What operations ask of the matcher. */
        wanted text CHECK (wanted IN ('switch', 'drop')),
        /* How far the first pass over all records is: the last subject token, and counts. */
        reached uuid,
        compared bigint NOT NULL DEFAULT 0,
        records bigint NOT NULL DEFAULT 0,
        last_label bigint NOT NULL DEFAULT 0,
        comparison jsonb,
        compared_at timestamptz,
        approved_by text CHECK (approved_by <> proposed_by),
        approved_at timestamptz,
        /* Number of the decision by which it became the live one. */
        decision bigint UNIQUE,
        ended_at timestamptz
      );
      CREATE UNIQUE INDEX model_live ON matcher.model (state) WHERE state = 'live';
      CREATE UNIQUE INDEX model_beside ON matcher.model ((true)) WHERE state IN ('proposed', 'building', 'built');

      CREATE TABLE matcher.candidate_record (
        subject uuid PRIMARY KEY,
        person uuid,
        reason text,
        waiting text,
        /* When the record last changed, of those that changed since the candidate was begun. */
        changed_at timestamptz
      ) WITH (fillfactor = 85);
      CREATE INDEX candidate_record_person ON matcher.candidate_record (person);
      CREATE INDEX candidate_record_waiting ON matcher.candidate_record (subject) WHERE waiting IS NOT NULL;
      CREATE INDEX candidate_record_changed ON matcher.candidate_record (changed_at) WHERE changed_at IS NOT NULL;
      CREATE VIEW matcher.candidate AS
        SELECT subject, content, details_epoch, details_position, removed, presence_epoch, presence_position, replaced_by,
          replacement_epoch, replacement_position, erased, candidate_record.person, candidate_record.reason, 0::bigint AS decision,
          candidate_record.waiting
        FROM matcher.candidate_record JOIN matcher.record USING (subject);

      /* Records that were decided anew since: only added to by whoever decides, so that the candidate never holds that up. */
      CREATE TABLE matcher.candidate_mark (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        subject uuid NOT NULL,
        at timestamptz NOT NULL DEFAULT now()
      );

      ALTER TABLE matcher.progress ADD COLUMN candidate int;
      ALTER TABLE matcher.outbox ADD COLUMN settings text;
      /* Pages explain by the model that decides. */
      GRANT SELECT (settings, state) ON matcher.model TO index_stewards;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW matcher.candidate;
      DROP TABLE IF EXISTS matcher.candidate_pair, matcher.candidate_record, matcher.candidate_mark, matcher.model;
      ALTER TABLE matcher.progress DROP COLUMN candidate;
      ALTER TABLE matcher.outbox DROP COLUMN settings;
    `);
  }
}
