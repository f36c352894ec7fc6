import { Pool } from 'pg';
import type { SpawnedApp } from '../../support/spawned-app.js';
import type { MatchingStage } from './matching-stage.js';
import { whileItWaits } from './while-it-waits.js';

/** Kills a matcher while its statement waits for a lock, and its sessions with it. @param begin what makes it come to that statement */
export async function killedWhile(
  stage: MatchingStage,
  matcher: SpawnedApp,
  statement: string,
  begin: () => Promise<unknown>,
): Promise<void> {
  const pool = new Pool({ connectionString: stage.state.url, max: 1 });
  try {
    await Promise.all([whileItWaits({ pool }, { statement }, () => killed(stage, matcher)), begin()]);
  } finally {
    await pool.end();
  }
}

/** What a process waited for when it was killed, its session would still do. */
export async function killed({ state }: MatchingStage, matcher: SpawnedApp): Promise<void> {
  await matcher.kill();
  await state.on((pool) =>
    pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'matcher'`,
    ),
  );
}
