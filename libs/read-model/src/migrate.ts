import type { QueryRunner } from 'typeorm';
import { createFirstGeneration, liveGeneration, NoLiveGenerationError, type Queryable } from './generation.js';
import { Control1763856000000 } from './migrations/0001-control.js';
import { Operations1764028800000 } from './migrations/0002-operations.js';
import { SwitchedAt1764072000000 } from './migrations/0003-switched-at.js';
import { MissingEvents1764075600000 } from './migrations/0004-missing-events.js';
import { Watching1764115200000 } from './migrations/0005-watching.js';
import { CancelledRequests1764201600000 } from './migrations/0006-cancelled-requests.js';
import { Holes1764288000000 } from './migrations/0007-holes.js';
import { KeptUp1764374400000 } from './migrations/0008-kept-up.js';
import { Decided1764460800000 } from './migrations/0009-decided.js';
import { Problems1764547200000 } from './migrations/0010-problems.js';
import { KeptApart1764633600000 } from './migrations/0011-kept-apart.js';
import { SourceTeams1764720000000 } from './migrations/0012-source-teams.js';
import { Opinions1764806400000 } from './migrations/0013-opinions.js';
import { Doubts1764892800000 } from './migrations/0014-doubts.js';
import { FollowedRulings1764979200000 } from './migrations/0015-followed-rulings.js';
import { OpinionsThatCount1765065600000 } from './migrations/0016-opinions-that-count.js';
import { AssignedOnce1765152000000 } from './migrations/0017-assigned-once.js';
import { Claims1765238400000 } from './migrations/0018-claims.js';
import { ProblemsWithValues1765324800000 } from './migrations/0019-problems-with-values.js';
import { Homes1765411200000 } from './migrations/0020-homes.js';
import { OpenedPairs1765497600000 } from './migrations/0021-opened-pairs.js';
import { ProblemsOfAnalysts1765584000000 } from './migrations/0022-problems-of-analysts.js';
import { ProblemsWithDeaths1765670400000 } from './migrations/0023-problems-with-deaths.js';
import { CarerLinks1765756800000 } from './migrations/0024-carer-links.js';
import { GuessedBirths1765843200000 } from './migrations/0025-guessed-births.js';

/** Thrown when the logs have another number of partitions than the live generation was folded from. */
export class PartitionsChangedError extends Error {
  readonly code = 'partitions-changed';
  readonly retriable = false;
  override readonly name = 'PartitionsChangedError';
  constructor(expected: number, actual: number) {
    super(`The live generation was folded from ${expected} partitions, ${actual} are set. Another count is a new topic and a rebuild.`);
  }
}

/** Any number that is the same in every process: two that migrate at once take turns. */
const MIGRATION_LOCK = 7_401_001;

/**
 * Brings the read model's database up to date: schema `control`, and a first, empty, live generation where there is none.
 * Safe to run again and from several processes at once.
 * @throws PartitionsChangedError
 */
export async function migrateReadModel(url: string, o: { partitions: number }): Promise<void> {
  // Only here: it would cost every process that reads the read model 30 MB.
  const { DataSource } = await import('typeorm');
  const source = new DataSource({
    type: 'postgres',
    url,
    schema: 'control',
    migrations: [
      Control1763856000000,
      Operations1764028800000,
      SwitchedAt1764072000000,
      MissingEvents1764075600000,
      Watching1764115200000,
      CancelledRequests1764201600000,
      Holes1764288000000,
      KeptUp1764374400000,
      Decided1764460800000,
      Problems1764547200000,
      KeptApart1764633600000,
      SourceTeams1764720000000,
      Opinions1764806400000,
      Doubts1764892800000,
      FollowedRulings1764979200000,
      OpinionsThatCount1765065600000,
      AssignedOnce1765152000000,
      Claims1765238400000,
      ProblemsWithValues1765324800000,
      Homes1765411200000,
      OpenedPairs1765497600000,
      ProblemsOfAnalysts1765584000000,
      ProblemsWithDeaths1765670400000,
      CarerLinks1765756800000,
      GuessedBirths1765843200000,
    ],
    migrationsTableName: 'migration',
  });
  await source.initialize();
  try {
    const lock = source.createQueryRunner();
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    try {
      await lock.query('CREATE SCHEMA IF NOT EXISTS control');
      await source.runMigrations({ transaction: 'each' });
      await firstGeneration(lock, o.partitions);
    } finally {
      await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
      await lock.release();
    }
  } finally {
    await source.destroy();
  }
}

async function firstGeneration(runner: QueryRunner, partitions: number): Promise<void> {
  const client: Queryable = { query: async (text, values) => ({ rows: (await runner.query(text, values)) as unknown[] }) };
  try {
    const live = await liveGeneration(client);
    if (live.partitions !== partitions) throw new PartitionsChangedError(live.partitions, partitions);
  } catch (error) {
    if (!(error instanceof NoLiveGenerationError)) throw error;
    await runner.manager.transaction(() => createFirstGeneration(client, { id: 1, partitions }));
  }
}
