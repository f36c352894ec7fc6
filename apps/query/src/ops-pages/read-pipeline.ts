import type { Sight } from './sight.js';

/** How far what sources publish has come. Instants are milliseconds since 1970; null: nothing was ever published. */
export interface Pipeline {
  newest: { source: string; publishedAt: number; appliedAt: number } | null;
  /** Events of both logs that the live generation has folded. */
  folded: number;
  /** Sources whose last check the matcher has passed everywhere, and sources that have checked. */
  matched: number;
  checked: number;
}

export async function readPipeline(sight: Sight): Promise<Pipeline> {
  const { rows: newest } = await sight.query(NEWEST);
  const { rows: counts } = await sight.query(COUNTS, [sight.live.partitions]);
  return { newest: (newest as NonNullable<Pipeline['newest']>[])[0] ?? null, ...(counts[0] as Omit<Pipeline, 'newest'>) };
}

const NEWEST = `
  SELECT source, newest_published_at AS "publishedAt", applied_at AS "appliedAt"
  FROM source_progress ORDER BY newest_published_at DESC LIMIT 1`;

/** A check is matched where every partition of the identity log has told that the matcher is past it. */
const COUNTS = `
  WITH passed AS (SELECT log_partition, min(log_offset) AS up_to, count(*) AS told FROM matched_up_to GROUP BY log_partition),
  checks AS (
    SELECT c.source, bool_and(coalesce(p.told >= $1 AND p.up_to > c.log_offset, false)) AS matched
    FROM coverage c LEFT JOIN passed p ON p.log_partition = c.partition GROUP BY c.source)
  SELECT (SELECT coalesce(sum(next_offset - coalesce(skipped, 0)), 0)::bigint FROM checkpoint) AS folded,
         (SELECT count(*) FROM checks WHERE matched) AS matched, (SELECT count(*) FROM checks) AS checked`;
