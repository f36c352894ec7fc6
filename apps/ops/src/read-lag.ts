import { eventsBehind, foldedTo, liveGeneration, type ReadModelPool } from '#lib/read-model';
import { AwayError } from './errors.js';
import { endsOfLogs } from './log-lengths.js';

/** How far the live generation is behind the logs. */
export interface Lag {
  /** Events that are logged and not folded yet; null where the log can't be reached. */
  events: number | null;
  /** About how old the oldest of them is: since the newest event that was applied was published. */
  seconds: number | null;
  /** Why it is not known. */
  unknown?: string;
}

export async function readLag(pool: ReadModelPool, now: number): Promise<Lag> {
  const { schema } = await liveGeneration(pool);
  // First how far it is folded: the log only grows meanwhile.
  const folded = await foldedTo(pool, schema);
  const { rows: newest } = await pool.query(`SELECT max(newest_published_at) AS at FROM ${schema}.source_progress`);
  try {
    const events = eventsBehind(folded, await endsOfLogs());
    const { at } = newest[0] as { at: number | null };
    return { events, seconds: events === 0 ? 0 : at === null ? null : Math.max(0, now - at) / 1_000 };
  } catch (error) {
    if (!(error instanceof AwayError)) throw error;
    return { events: null, seconds: null, unknown: error.message };
  }
}
