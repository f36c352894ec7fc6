import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What readers and officers say by hand and no generation may lose: feedback, and every version of the authority's settings. */
export class CreateKept1764200000020 implements MigrationInterface {
  readonly name = 'CreateKept1764200000020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA kept;
      CREATE TABLE kept.feedback (
        id uuid PRIMARY KEY,
        given_at bigint NOT NULL,
        reader text NOT NULL,
        role text NOT NULL,
        category text NOT NULL,
        words text NOT NULL
      );
      CREATE INDEX feedback_given ON kept.feedback (given_at);
      CREATE TABLE kept.settings (
        version int PRIMARY KEY,
        digest text NOT NULL,
        /* json, not jsonb: of the roles, the order counts */
        content json NOT NULL,
        kept_at bigint NOT NULL,
        /* both are null where a process found settings that nobody had applied */
        applied_by text,
        reason text,
        /* when the first process read people by them */
        in_use_since bigint
      );
      CREATE FUNCTION kept.settings_stay() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' AND OLD.in_use_since IS NULL AND to_jsonb(NEW) - 'in_use_since' = to_jsonb(OLD) - 'in_use_since' THEN
          RETURN NEW;
        END IF;
        RAISE EXCEPTION 'a version of the settings stays as it was applied';
      END $$;
      CREATE TRIGGER settings_stay BEFORE UPDATE OR DELETE ON kept.settings FOR EACH ROW EXECUTE FUNCTION kept.settings_stay();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA kept CASCADE');
  }
}
