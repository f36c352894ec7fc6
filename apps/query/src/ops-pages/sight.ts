import { type Generation, liveGeneration, NoLiveGenerationError, type Queryable, type ReadModelPool } from '#lib/read-model';
import { ReadModelUnavailable } from '../errors.js';
import { meansUnavailable } from '../means-unavailable.js';

/** What an operator, or the team of a source, sees: the tables of the live generation without a schema, those that stand outside every one under `control`. */
export interface Sight extends Queryable {
  /** Milliseconds since 1970; what "now" is throughout the page. */
  now: number;
  live: Generation;
}

/** Pages count and group small tables whole, which the pool's settings for readers would keep from PostgreSQL. */
const BEGIN = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = '5s'; SET LOCAL enable_seqscan = on`;

/** Throws `ReadModelUnavailable`. */
export async function inOneSight<Result>(pool: ReadModelPool, read: (sight: Sight) => Promise<Result>): Promise<Result> {
  return reached(inOneSnapshot(pool, read));
}

/** Throws `ReadModelUnavailable` where that is why there is no result. */
export async function reached<Result>(result: Promise<Result>): Promise<Result> {
  try {
    return await result;
  } catch (error) {
    throw error instanceof NoLiveGenerationError || meansUnavailable(error) ? new ReadModelUnavailable(error) : error;
  }
}

async function inOneSnapshot<Result>(pool: ReadModelPool, read: (sight: Sight) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(BEGIN);
    const live = await liveGeneration(client);
    await client.query(`SELECT set_config('search_path', $1, true)`, [live.schema]);
    const result = await read({ now: Date.now(), live, query: (text, values) => client.query(text, values) });
    await client.query('COMMIT');
    return result;
  } catch (error) {
    broken = error instanceof Error ? error : new Error('something that is no Error was thrown');
    throw error;
  } finally {
    client.release(broken);
  }
}
