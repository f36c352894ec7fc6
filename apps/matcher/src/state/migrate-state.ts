import { DataSource } from 'typeorm';
import { CreateState1763860000000 } from './create-state.migration.js';
import { KeepDetails1764180000000 } from './keep-details.migration.js';
import { KeepUnread1765152000000 } from './keep-unread.migration.js';
import { LetStewardsFollow1764979200000 } from './let-stewards-follow.migration.js';
import { LetStewardsReview1764806400000 } from './let-stewards-review.migration.js';
import { Models1764900000000 } from './models.migration.js';
import { NoteDiffering1765065600000 } from './note-differing.migration.js';

/** Any number that is the same in every process: two that start at once migrate one after the other. */
const MIGRATING = 7_403_001;

/** Makes the matcher's tables in its own database, or brings them up to date. */
export async function migrateState(url: string): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    url,
    migrations: [
      CreateState1763860000000,
      KeepDetails1764180000000,
      LetStewardsReview1764806400000,
      Models1764900000000,
      LetStewardsFollow1764979200000,
      NoteDiffering1765065600000,
      KeepUnread1765152000000,
    ],
    migrationsTableName: 'matcher_migration',
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
