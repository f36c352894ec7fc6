import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Entries are found by the records they showed, and those that were redacted by that: both are asked of the whole log, however old. */
export class IndexSubjects1765300000004 implements MigrationInterface {
  readonly name = 'IndexSubjects1765300000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      /* whoever asks reads through what is not in the index's tree yet: at most 256 kB */
      CREATE INDEX entry_subjects ON audit.entry USING gin (subjects) WITH (gin_pending_list_limit = 256);
      CREATE INDEX entry_redacted ON audit.entry (at, seq) WHERE redacted <> '{}';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX audit.entry_subjects, audit.entry_redacted');
  }
}
