import type { Queryable } from '#lib/read-model';

/** What one source has reached in one batch. Instants in milliseconds since 1970. */
export interface SourceReached {
  newestOccurredAt: number;
  /** When each of its events was published. */
  publishedAt: number[];
}

/** Counts an event of the batch. */
export function reach(reached: Map<string, SourceReached>, event: { source: string; publishedAt: number; occurredAt: number }): void {
  let source = reached.get(event.source);
  if (!source) reached.set(event.source, (source = { newestOccurredAt: event.occurredAt, publishedAt: [] }));
  source.newestOccurredAt = Math.max(source.newestOccurredAt, event.occurredAt);
  source.publishedAt.push(event.publishedAt);
}

/** Notes how far each source has got: one write per source and partition per batch, so that no row is hot. */
export async function noteProgress(
  client: Queryable,
  schema: string,
  o: { partition: number; reached: ReadonlyMap<string, SourceReached>; appliedAt: number },
): Promise<void> {
  if (o.reached.size === 0) return;
  const sources = [...o.reached.keys()].sort();
  const column = (of: (reached: SourceReached) => number) => sources.map((source) => of(o.reached.get(source)!));
  await client.query(
    `INSERT INTO ${schema}.source_progress AS held (source, partition, newest_published_at, newest_occurred_at, applied_at, events)
     SELECT given.source, $2, given.published, given.occurred, $3, given.events
     FROM unnest($1::text[], $4::bigint[], $5::bigint[], $6::bigint[]) AS given (source, published, occurred, events)
     ON CONFLICT (source, partition) DO UPDATE SET
       newest_published_at = GREATEST(held.newest_published_at, excluded.newest_published_at),
       newest_occurred_at = GREATEST(held.newest_occurred_at, excluded.newest_occurred_at),
       applied_at = GREATEST(held.applied_at, excluded.applied_at),
       events = held.events + excluded.events`,
    [
      sources,
      o.partition,
      o.appliedAt,
      column(({ publishedAt }) => publishedAt.reduce((newest, at) => Math.max(newest, at))),
      column(({ newestOccurredAt }) => newestOccurredAt),
      column(({ publishedAt }) => publishedAt.length),
    ],
  );
}
