import type { Sight } from './sight.js';

/** Parked events of one source with one reason. */
export interface ParkedGroup {
  /** Null: the message does not say whose it is. */
  source: string | null;
  code: string;
  events: number;
  /** Milliseconds since 1970. */
  oldestAt: number;
  mostAttempts: number;
  /** What the oldest of them was expected to be, and was instead. */
  expected: string | null;
  actual: string | null;
}

export async function readParked(sight: Sight): Promise<ParkedGroup[]> {
  const { rows } = await sight.query(`
    SELECT source, code, count(*) AS events, min(parked_at) AS "oldestAt", max(attempts) AS "mostAttempts",
           (array_agg(expected ORDER BY parked_at))[1] AS expected, (array_agg(actual ORDER BY parked_at))[1] AS actual
    FROM parked GROUP BY source, code ORDER BY min(parked_at)`);
  return rows as ParkedGroup[];
}

/** Which parked events are meant; what is left out fits any. */
export interface ParkedChoice {
  source?: string;
  code?: string;
}

/** How many that is now, and since when the oldest waits. */
export async function countChosen(sight: Sight, { source, code }: ParkedChoice): Promise<{ events: number; oldestAt: number | null }> {
  const { rows } = await sight.query(
    `SELECT count(*) AS events, min(parked_at) AS "oldestAt" FROM parked
     WHERE ($1::text IS NULL OR source = $1) AND ($2::text IS NULL OR code = $2)`,
    [source ?? null, code ?? null],
  );
  return rows[0] as { events: number; oldestAt: number | null };
}
