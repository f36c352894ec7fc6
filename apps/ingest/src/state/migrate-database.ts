import { Captured1764000000000 } from './captured.migration.js';
import { Doors1764200000000 } from './doors.migration.js';
import { Files1763900000001 } from './files.migration.js';
import { Remembered1763900000000 } from './remembered.migration.js';

/** Any number, the same in every process: two that start at once migrate one after the other. */
const MIGRATING = 7_401_001;

/** Makes ingest's tables in its own database, or brings them up to date. */
export async function migrateDatabase(url: string): Promise<void> {
  // only here: it would cost the process 30 MB from its start
  const { DataSource } = await import('typeorm');
  const source = new DataSource({
    type: 'postgres',
    url,
    migrations: [Remembered1763900000000, Files1763900000001, Captured1764000000000, Doors1764200000000],
    migrationsTableName: 'ingest_migration',
    logging: false,
  });
  await source.initialize();
  const lock = source.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATING]);
    await source.runMigrations({ transaction: 'all' });
    await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATING]);
  } finally {
    await lock.release();
    await source.destroy();
  }
}
