import { type Source, sourcesByService } from '#lib/events';
import type { Queryable } from '#lib/read-model';

/** What was heard of a source, and what it claims to hold. Instants in milliseconds since 1970. */
export interface SourceSaid {
  source: string;
  lastHeardAt: number | null;
  /** Its last check, as far back as the partition that lags most, and the service it speaks for; null until one has arrived in every partition. */
  completeTo: number | null;
  /** By its own service’s check. */
  recordsHeld: number | null;
  openHeld: number | null;
}

/** What each source has said, in the order given, as the readers' pages reckon it too. */
export async function readSources(
  client: Queryable,
  { schema, partitions }: { schema: string; partitions: number },
  sources: readonly Source[],
): Promise<SourceSaid[]> {
  const asked = sourcesByService(sources);
  const { rows } = await client.query(
    `WITH progress AS (SELECT source, max(newest_published_at) AS heard_at FROM ${schema}.source_progress GROUP BY source),
     checked AS (
       SELECT source, service, count(complete_to) AS partitions, min(complete_to) AS complete_to,
              (array_agg(records_held ORDER BY check_epoch DESC, check_position DESC)
                FILTER (WHERE records_held IS NOT NULL))[1] AS records_held,
              (array_agg(open_involvements_held ORDER BY check_epoch DESC, check_position DESC)
                FILTER (WHERE open_involvements_held IS NOT NULL))[1] AS open_held
       FROM ${schema}.coverage GROUP BY source, service)
     SELECT a.source, greatest(max(p.heard_at), max(c.complete_to)) AS "lastHeardAt",
            min(c.complete_to) FILTER (WHERE c.partitions >= $3) AS "completeTo",
            (array_agg(c.records_held ORDER BY a.place))[1] AS "recordsHeld", (array_agg(c.open_held ORDER BY a.place))[1] AS "openHeld"
     FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS a (source, service, place)
     LEFT JOIN progress p ON p.source = a.source
     LEFT JOIN checked c ON c.source = a.source AND c.service = a.service
     GROUP BY a.source ORDER BY min(a.place)`,
    [asked.map(({ id }) => id), asked.map(({ service }) => service), partitions],
  );
  return rows as SourceSaid[];
}

/** Records that are present and involvements that are open, by source: both tables are read whole. */
export async function countSources(client: Queryable, schema: string): Promise<Map<string, { recordsHere: number; openHere: number }>> {
  const { rows } = await client.query(
    `SELECT source, sum(records)::bigint AS "recordsHere", sum(open)::bigint AS "openHere" FROM (
       SELECT source, count(*) AS records, 0 AS open FROM ${schema}.record WHERE present GROUP BY source
       UNION ALL
       SELECT source, 0, count(*) FROM ${schema}.involvement WHERE status = 'open' GROUP BY source
     ) AS counted GROUP BY source`,
  );
  const counted = rows as { source: string; recordsHere: number; openHere: number }[];
  return new Map(counted.map(({ source, recordsHere, openHere }) => [source, { recordsHere, openHere }]));
}
