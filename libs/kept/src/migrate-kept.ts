import { DataSource } from 'typeorm';
import { CreateKept1764200000020 } from './create-kept.migration.js';

/** Makes the tables of what is kept by hand, or brings them up to date; in a schema of their own. @param url of the database of sessions */
export async function migrateKept(url: string): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    url,
    migrations: [CreateKept1764200000020],
    migrationsTableName: 'kept_migration',
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
const MIGRATING = 4_150_120;
