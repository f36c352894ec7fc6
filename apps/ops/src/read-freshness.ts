import { type Source, sourcesByService } from '#lib/events';
import { liveGeneration, type ReadModelPool } from '#lib/read-model';

/** When each source was heard, in milliseconds since 1970. */
export interface SourceHeard {
  source: string;
  /** When its newest event was applied, and when that was published. */
  appliedAt: number;
  publishedAt: number;
  /** Everything the source knew at this instant has arrived, of each service it speaks for; null: it never said so, or not all partitions have heard it. */
  completeTo: number | null;
  events: number;
  parked: number;
}

/** @param agreed of these the services they speak for count; of any other source every service it said it is complete of */
export async function readSources(pool: ReadModelPool, agreed: readonly Source[]): Promise<SourceHeard[]> {
  const { schema } = await liveGeneration(pool);
  const asked = sourcesByService(agreed);
  const { rows } = await pool.query(SOURCES(schema), [asked.map(({ id }) => id), asked.map(({ service }) => service)]);
  return rows as SourceHeard[];
}

/** Coverage of a service counts where every partition heard of it: the answer is the minimum over them. */
const SOURCES = (schema: string) => `
  SELECT source, max(applied_at) AS "appliedAt", max(newest_published_at) AS "publishedAt",
         (SELECT min(complete_to) FROM (
            SELECT min(complete_to) AS complete_to FROM ${schema}.coverage
            WHERE coverage.source = progress.source
              AND (source <> ALL ($1::text[]) OR (source, service) IN (SELECT id, spoken FROM unnest($1::text[], $2::text[]) AS asked (id, spoken)))
            GROUP BY service HAVING count(complete_to) >= (SELECT partitions FROM control.generation WHERE state = 'live')) AS said) AS "completeTo",
         sum(events)::bigint AS events,
         (SELECT count(*)::bigint FROM ${schema}.parked WHERE parked.source = progress.source) AS parked
  FROM ${schema}.source_progress AS progress
  GROUP BY source ORDER BY 2`;
