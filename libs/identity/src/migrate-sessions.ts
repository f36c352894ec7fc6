import { DataSource } from 'typeorm';
import { CreateSessions1764000000002 } from './create-sessions.migration.js';
import { Links1764200000001 } from './links.migration.js';
import { KeptQuestions1764200000002 } from './kept-questions.migration.js';
import { SignInTables1764100000001 } from './sign-in-tables.migration.js';
import { Reasons1764460800001 } from './reasons.migration.js';

/** Makes the tables of sessions and kept searches, or brings them up to date; in a schema of their own. */
export async function migrateSessions(url: string): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    url,
    migrations: [
      CreateSessions1764000000002,
      SignInTables1764100000001,
      Links1764200000001,
      KeptQuestions1764200000002,
      Reasons1764460800001,
    ],
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
