import { DataSource } from 'typeorm';
import { CreateAudit1764000000001 } from './create-audit.migration.js';
import { IndexSubjects1765300000004 } from './read/index-subjects.migration.js';
import { NarrowRedactor1765500000006 } from './narrow-redactor.migration.js';
import { ReadAudit1764200000003 } from './read/read-audit.migration.js';
import { SealAudit1764000000002 } from './seal/seal-audit.migration.js';
import { WatchAudit1765400000005 } from './watch/watch-audit.migration.js';

/** Makes the audit store in its own database, or brings it up to date. @param url of a role that may create schemas and roles; the application itself needs far less. */
export async function migrateAudit(url: string): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    url,
    migrations: [
      CreateAudit1764000000001,
      SealAudit1764000000002,
      ReadAudit1764200000003,
      IndexSubjects1765300000004,
      WatchAudit1765400000005,
      NarrowRedactor1765500000006,
    ],
    migrationsTableName: 'audit_migration',
    logging: false,
  });
  await source.initialize();
  try {
    await source.query('SELECT pg_advisory_lock($1)', [MIGRATING]);
    await source.runMigrations({ transaction: 'all' });
  } finally {
    await source.destroy();
  }
}
/** Any fixed number: two starting processes migrate one after the other. */
const MIGRATING = 4_150_117;
