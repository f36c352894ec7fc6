import { KeyTables1763856000000 } from './migrations/key-tables.js';

/** Any number, the same in every process: one migrates, the others wait. */
const LOCK = 7_410_001;

/** Makes the key store's tables, or brings them up to date. Safe to repeat and to run twice at once. */
export async function migrateKeyStore(url: string): Promise<void> {
  // Only here: it would cost every process that seals or unseals 30 MB.
  const { DataSource } = await import('typeorm');
  const database = new DataSource({ type: 'postgres', url, migrations: [KeyTables1763856000000], migrationsTableName: 'migration' });
  await database.initialize();
  const holder = database.createQueryRunner();
  try {
    await holder.query('select pg_advisory_lock($1)', [LOCK]);
    await database.runMigrations({ transaction: 'each' });
  } finally {
    await holder.query('select pg_advisory_unlock($1)', [LOCK]);
    await holder.release();
    await database.destroy();
  }
}
