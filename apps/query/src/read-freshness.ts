import { type Authority, knownSourcesByService } from './authority.js';
import type { Statement } from './snapshot.js';
import { freshnessOf, type SourceFreshness, type SourceHeard } from './source-freshness.js';

interface FreshnessRow extends SourceHeard {
  source: string;
  service: string | null;
}

/**
 * How fresh sources were when it was last read, for the answers of the next moment: it says less than is so by then, never more, as what has
 * arrived since is only added to it. Another generation may know less, and is asked itself.
 */
export class KeptFreshness {
  private last?: FreshnessRead;

  /** @param keptFor milliseconds */
  constructor(private readonly keptFor: number) {}

  keep(read: FreshnessRead): void {
    this.last = read;
  }

  /** What was read less than a moment ago, if anything was. */
  newest(now: number): FreshnessRead | undefined {
    const { last } = this;
    return last !== undefined && Math.abs(now - last.readAt) < this.keptFor ? last : undefined;
  }
}

interface FreshnessRead {
  generation: number;
  sources: SourceFreshness[];
  /** Milliseconds since 1970. */
  readAt: number;
}

/** How fresh every source of the authority is, of each service it speaks for, in the order of its settings. */
export async function readFreshness(
  rows: <Row>(statement: Statement, values: unknown[]) => Promise<Row[]>,
  authority: Authority,
  now: number,
): Promise<SourceFreshness[]> {
  const sources = knownSourcesByService(authority);
  const read = await rows<FreshnessRow>(FRESHNESS, [sources.map(({ id }) => id), sources.map(({ service }) => service)]);
  return sources.map((source) => {
    const heard = read.find((row) => row.source === source.id && row.service === source.service);
    return freshnessOf(source, heard ?? UNHEARD, now);
  });
}

const UNHEARD: SourceHeard = {
  lastHeardAt: null,
  completeTo: null,
  coversFrom: null,
  coversTo: null,
  area: null,
  matched: false,
  heldBack: false,
  dropped: null,
};

/**
 * A source's check counts when it has arrived in every partition, and as far back as the partition that lags most.
 * It is matched when every partition of the identity log has told that the matcher is past it.
 * That a source dropped is outside every generation: whoever watches says so, whichever of them is live.
 * Events are held back from everyone where nothing is known yet of the record they are about: it could be anybody's.
 */
const FRESHNESS: Statement = {
  name: 'source-freshness',
  text: `
    WITH log AS (SELECT partitions FROM control.generation WHERE state = 'live'),
    asked AS (SELECT * FROM unnest($1::text[], $2::text[]) AS asked (source, service)),
    progress AS (SELECT source, max(newest_published_at) AS heard_at FROM source_progress GROUP BY source),
    matched AS (
      SELECT log_partition, min(log_offset) AS up_to, count(*) AS told FROM matched_up_to GROUP BY log_partition),
    checked AS (
      SELECT c.source, c.service, count(c.complete_to) AS partitions, min(c.complete_to) AS complete_to,
             max(c.covers_from) AS covers_from, min(c.covers_to) AS covers_to, max(c.area) AS area,
             bool_and(coalesce(m.told >= log.partitions AND m.up_to > c.log_offset, false)) AS matched
      FROM log, coverage c LEFT JOIN matched m ON m.log_partition = c.partition
      GROUP BY c.source, c.service),
    held AS (
      SELECT DISTINCT p.source FROM parked p
      WHERE NOT EXISTS (SELECT FROM record_person rp JOIN record r ON r.subject = rp.subject
                        WHERE rp.subject = p.subject AND r.details_epoch >= 0))
    SELECT a.source, a.service,
           greatest(p.heard_at, c.complete_to) AS "lastHeardAt",
           CASE WHEN c.partitions >= log.partitions THEN c.complete_to END AS "completeTo",
           c.covers_from AS "coversFrom", c.covers_to AS "coversTo", c.area,
           coalesce(c.matched, false) AS matched,
           EXISTS (SELECT FROM held h WHERE h.source = a.source OR h.source IS NULL) AS "heldBack",
           CASE WHEN d.code IS NOT NULL THEN
             jsonb_build_object('what', d.details ->> 'what', 'since', floor(extract(epoch FROM d.since) * 1000)) END AS dropped
    FROM log CROSS JOIN asked a
    LEFT JOIN progress p ON p.source = a.source
    LEFT JOIN checked c ON c.source = a.source AND c.service = a.service
    LEFT JOIN control.alarm d
      ON d.code = 'source-dropped' AND d.source = a.source AND d.cleared_at IS NULL AND d.accepted_at IS NULL`,
};
