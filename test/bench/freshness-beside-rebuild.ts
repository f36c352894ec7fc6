import { openReadModel } from '#lib/read-model';
import type { SpawnedApp } from '../support/spawned-app.js';
import { measureFreshness } from './freshness.js';
import { startUpkeep } from './rebuild.js';
import type { Result } from './result.js';
import { watchBuild } from './watched-build.js';

/** (c) The same while new generations are built from the whole log, one after the other, as fast as they go. */
export async function measureFreshnessBesideRebuild(
  env: Record<string, string>,
  ingest: SpawnedApp,
  query: SpawnedApp,
  seconds: number,
): Promise<Result> {
  const upkeep = await startUpkeep(env);
  const pool = openReadModel(env.READ_MODEL_URL!, { max: 1 });
  const over = new AbortController();
  const build = async (): Promise<void> => {
    while (!over.signal.aborted) await watchBuild(pool);
  };
  try {
    const measuring = measureFreshness(env, ingest, query, seconds).finally(() => over.abort());
    const [result] = await Promise.all([measuring, build()]);
    return { ...result, what: `  the same while a rebuild runs, ${result.numbers.lookedFor} looked for` };
  } finally {
    await pool.end();
    await upkeep.stop();
  }
}
