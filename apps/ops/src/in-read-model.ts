import { openReadModel, type ReadModelPool } from '#lib/read-model';
import { readSettings, settings } from '#lib/runtime';
import { saidOfDatabase } from './away.js';
import { opsEnvironment } from './environment.js';

/** Works on the read model and lets go of it afterwards. @throws AwayError where it can't be reached */
export async function inReadModel<Result>(work: (pool: ReadModelPool) => Promise<Result>): Promise<Result> {
  const { readModelUrl } = readSettings({ readModelUrl: settings.readModelUrl }, opsEnvironment());
  const pool = openReadModel(readModelUrl, { max: 3 });
  try {
    return await work(pool);
  } catch (error) {
    throw saidOfDatabase('the read model', error);
  } finally {
    await pool.end();
  }
}
