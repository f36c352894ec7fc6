import { liveGeneration, type ReadModelPool } from '#lib/read-model';

/** When each source was heard, in milliseconds since 1970. */
export interface SourceHeard {
  source: string;
  /** When its newest event was applied, and when that was published. */
  appliedAt: number;
  publishedAt: number;
  /** Everything the source knew at this instant has arrived; null: it never said so, or not all partitions have heard it. */
  completeTo: number | null;
  events: number;
  parked: number;
}

export async function readSources(pool: ReadModelPool): Promise<SourceHeard[]> {
  const { schema } = await liveGeneration(pool);
  const { rows } = await pool.query(SOURCES(schema));
  return rows as SourceHeard[];
}

/** Coverage counts where every partition heard of it: the answer is the minimum over them. */
const SOURCES = (schema: string) => `
  SELECT source, max(applied_at) AS "appliedAt", max(newest_published_at) AS "publishedAt",
         (SELECT min(complete_to) FROM ${schema}.coverage WHERE coverage.source = progress.source
          HAVING count(DISTINCT partition) >= (SELECT partitions FROM control.generation WHERE state = 'live')) AS "completeTo",
         sum(events)::bigint AS events,
         (SELECT count(*)::bigint FROM ${schema}.parked WHERE parked.source = progress.source) AS parked
  FROM ${schema}.source_progress AS progress
  GROUP BY source ORDER BY 2`;
