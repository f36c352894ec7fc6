import { liveGeneration, type ReadModelPool } from '#lib/read-model';

/** A parked event, without the event itself. */
export interface ParkedRow {
  topic: string;
  partition: number;
  offset: number;
  source: string | null;
  subject: string | null;
  code: string;
  expected: string;
  actual: string;
  parkedAt: number;
  publishedAt: number;
  attempts: number;
}

export interface ParkedByCode {
  code: string;
  count: number;
  /** Milliseconds since 1970. */
  oldestAt: number;
}

const FITS = `($1::text IS NULL OR source = $1) AND ($2::text IS NULL OR code = $2) AND ($3::uuid IS NULL OR subject = $3)`;

/** What is parked in the live generation: counted by reason, and the newest. @param o.last at most so many; null: all */
export async function readParked(
  pool: ReadModelPool,
  o: { source?: string; code?: string; subject?: string; last?: number | null },
): Promise<{ counts: ParkedByCode[]; events: ParkedRow[] }> {
  const { schema } = await liveGeneration(pool);
  const filter = [o.source, o.code, o.subject].map((value) => value ?? null);
  const { rows: counts } = await pool.query(
    `SELECT code, count(*)::bigint AS count, min(parked_at) AS "oldestAt" FROM ${schema}.parked WHERE ${FITS} GROUP BY code ORDER BY 2 DESC, 1`,
    filter,
  );
  const { rows: events } = await pool.query(
    `SELECT topic, partition, log_offset AS offset, source, subject, code, expected, actual, parked_at AS "parkedAt",
            published_at AS "publishedAt", attempts
     FROM ${schema}.parked WHERE ${FITS} ORDER BY parked_at DESC, topic, partition, log_offset DESC LIMIT $4`,
    [...filter, o.last ?? null],
  );
  return { counts: counts as ParkedByCode[], events: events as ParkedRow[] };
}
