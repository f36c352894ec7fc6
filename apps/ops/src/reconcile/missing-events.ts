import { Digests, type Queryable } from '#lib/read-model';
import type { SourceDifference } from './find-differences.js';

/** Records differences as missing events: new ones, and those that are still there. */
export async function noteMissing(client: Queryable, source: string, differences: readonly SourceDifference[]): Promise<void> {
  const digests = await Digests.open(client);
  await client.query(
    `INSERT INTO control.missing_event AS known (source, fact, kind, field, first_seen, last_seen)
     SELECT DISTINCT $1, given.*, now(), now() FROM unnest($2::text[], $3::text[], $4::text[]) AS given
     ON CONFLICT (source, fact, kind, field) DO UPDATE SET
       last_seen = now(), gone_at = NULL, first_seen = CASE WHEN known.gone_at IS NULL THEN known.first_seen ELSE now() END`,
    [
      source,
      differences.map(({ involvementId }) => digests.ofRow([source, involvementId])),
      differences.map(({ kind }) => kind),
      differences.map(({ field }) => field),
    ],
  );
}

/** In the transaction that noted what is still there: what was not found again has gone away. @returns how many */
export async function noteGone(client: Queryable, source: string): Promise<number> {
  const { rows } = await client.query(
    `UPDATE control.missing_event SET gone_at = now() WHERE source = $1 AND gone_at IS NULL AND last_seen < now() RETURNING 1`,
    [source],
  );
  return rows.length;
}

/** How many facts have missing events, by source, kind and field. Instants are milliseconds since 1970. */
export async function openMissingEvents(client: Queryable) {
  const { rows } = await client.query(
    `SELECT source, kind, field, count(*)::bigint AS facts, (extract(epoch FROM min(first_seen)) * 1000)::bigint AS "firstSeen",
            (extract(epoch FROM max(last_seen)) * 1000)::bigint AS "lastSeen"
     FROM control.missing_event WHERE gone_at IS NULL GROUP BY source, kind, field ORDER BY source, kind, field`,
  );
  return rows as { source: string; kind: string; field: string; facts: number; firstSeen: number; lastSeen: number }[];
}
