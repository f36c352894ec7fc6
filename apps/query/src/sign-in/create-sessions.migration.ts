import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';

class CreateSessions1764000000002 implements MigrationInterface {
  readonly name = 'CreateSessions1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA session;
      CREATE TABLE session.session (
        token_hash bytea PRIMARY KEY,
        reader jsonb NOT NULL,
        started_at bigint NOT NULL,
        last_seen_at bigint NOT NULL
      );
      CREATE INDEX session_last_seen ON session.session (last_seen_at);
      CREATE TABLE session.kept_search (
        id uuid PRIMARY KEY,
        reader text NOT NULL,
        terms bytea NOT NULL,
        kept_at bigint NOT NULL
      );
      CREATE INDEX kept_search_kept_at ON session.kept_search (kept_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA session CASCADE');
  }
}

/** Makes the tables of sessions and kept searches; they stand beside the read model, in a schema of their own that no rebuild touches. */
export async function migrateSessions(url: string): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    url,
    migrations: [CreateSessions1764000000002],
    migrationsTableName: 'session_migration',
    logging: false,
  });
  await source.initialize();
  const runner = source.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATING]);
    await source.runMigrations({ transaction: 'all' });
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATING]);
  } finally {
    await runner.release();
    await source.destroy();
  }
}
/** Any fixed number: two starting processes migrate one after the other. */
const MIGRATING = 4_150_118;
