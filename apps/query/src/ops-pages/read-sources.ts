import type { Source } from '#lib/events';
import type { Authority } from '../authority.js';
import { freshnessOf } from '../source-freshness.js';
import type { Sight } from './sight.js';

/** One source as operators watch it. Instants are milliseconds since 1970. */
export interface WatchedSource {
  id: string;
  name: string;
  /** Null: the source is not in the authority's settings. */
  expected: { words: string; nextAt: number | null; lateAt: number | null } | null;
  newestPublishedAt: number | null;
  appliedAt: number | null;
  /** Its last word that it is complete, as the partition that lags most has it; null: never, or not everywhere yet. */
  completeTo: number | null;
  late: boolean;
  events: number;
  parked: number;
  oldestParkedAt: number | null;
}

type SourceRow = Omit<WatchedSource, 'name' | 'expected' | 'late'>;

/** Every source of the settings in their order, then those heard of otherwise. */
export async function readSources(sight: Sight, authority: Authority): Promise<WatchedSource[]> {
  const known = authority.sources.map(({ id }) => id);
  const { rows } = await sight.query(SOURCES, [known, sight.live.partitions]);
  return (rows as SourceRow[]).map((row) => {
    const source = authority.sources.find(({ id }) => id === row.id);
    return source ? { ...row, name: source.name, ...expectationOf(source, row, sight.now) } : { ...row, name: row.id, ...NOT_EXPECTED };
  });
}

const NOT_EXPECTED = { expected: null, late: false };

/** The very reckoning that pages about people make: what is late here is late there. */
function expectationOf(
  source: Source,
  { newestPublishedAt, completeTo }: SourceRow,
  now: number,
): Pick<WatchedSource, 'expected' | 'late'> {
  const unasked = { coversFrom: null, coversTo: null, area: null, matched: false, heldBack: false, dropped: null };
  const { late, expectedWords } = freshnessOf(source, { lastHeardAt: newestPublishedAt, completeTo, ...unasked }, now);
  const since = completeTo ?? newestPublishedAt;
  const after = (seconds: number) => (since === null ? null : since + seconds * 1_000);
  return { late, expected: { words: expectedWords, nextAt: after(source.expectedEvery), lateAt: after(source.silence) } };
}

const SOURCES = `
  WITH progress AS (
    SELECT source, max(newest_published_at) AS published_at, max(applied_at) AS applied_at, sum(events) AS events
    FROM source_progress GROUP BY source),
  checks AS (
    SELECT source, CASE WHEN count(DISTINCT partition) FILTER (WHERE complete_to IS NOT NULL) >= $2 THEN min(complete_to) END AS complete_to
    FROM coverage GROUP BY source),
  held AS (SELECT source, count(*) AS events, min(parked_at) AS oldest_at FROM parked WHERE source IS NOT NULL GROUP BY source),
  heard AS (SELECT source FROM progress UNION SELECT source FROM checks UNION SELECT source FROM held),
  named AS (
    SELECT id, at FROM unnest($1::text[]) WITH ORDINALITY AS set_up (id, at)
    UNION ALL SELECT source, NULL FROM heard WHERE source <> ALL ($1::text[]))
  SELECT n.id, p.published_at AS "newestPublishedAt", p.applied_at AS "appliedAt", c.complete_to AS "completeTo",
         coalesce(p.events, 0)::bigint AS events, coalesce(h.events, 0)::bigint AS parked, h.oldest_at AS "oldestParkedAt"
  FROM named n LEFT JOIN progress p ON p.source = n.id LEFT JOIN checks c ON c.source = n.id LEFT JOIN held h ON h.source = n.id
  ORDER BY n.at NULLS LAST, n.id`;
