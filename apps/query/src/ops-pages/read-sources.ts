import { type Source, sourcesByService } from '#lib/events';
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
  /** Its last word that it is complete, as the partition that lags most has it, of the service it said it of longest ago; null: never, or not everywhere yet. */
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
  const asked = sourcesByService(authority.sources);
  const { rows } = await sight.query(SOURCES, [
    known,
    sight.live.partitions,
    asked.map(({ id }) => id),
    asked.map(({ service }) => service),
  ]);
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
  said AS (
    SELECT source, service, min(complete_to) AS complete_to FROM coverage
    WHERE source <> ALL ($1::text[]) OR (source, service) IN (SELECT id, spoken FROM unnest($3::text[], $4::text[]) AS asked (id, spoken))
    GROUP BY source, service HAVING count(complete_to) >= $2),
  checks AS (SELECT source, min(complete_to) AS complete_to FROM said GROUP BY source),
  held AS (SELECT source, count(*) AS events, min(parked_at) AS oldest_at FROM parked WHERE source IS NOT NULL GROUP BY source),
  heard AS (SELECT source FROM progress UNION SELECT source FROM coverage UNION SELECT source FROM held),
  named AS (
    SELECT id, at FROM unnest($1::text[]) WITH ORDINALITY AS set_up (id, at)
    UNION ALL SELECT source, NULL FROM heard WHERE source <> ALL ($1::text[]))
  SELECT n.id, p.published_at AS "newestPublishedAt", p.applied_at AS "appliedAt", c.complete_to AS "completeTo",
         coalesce(p.events, 0)::bigint AS events, coalesce(h.events, 0)::bigint AS parked, h.oldest_at AS "oldestParkedAt"
  FROM named n LEFT JOIN progress p ON p.source = n.id LEFT JOIN checks c ON c.source = n.id LEFT JOIN held h ON h.source = n.id
  ORDER BY n.at NULLS LAST, n.id`;
