import type { Queryable } from '#lib/read-model';

/** An alarm that upkeep raised and has not cleared. Details are counts, codes and names of sources. */
export interface ListedAlarm {
  code: string;
  source: string | null;
  /** Milliseconds since 1970. */
  since: number;
  acceptedAt: number | null;
  details: Record<string, unknown>;
}

/** The open alarms, oldest first. */
export async function openAlarms(client: Queryable): Promise<ListedAlarm[]> {
  const { rows } = await client.query(
    `SELECT code, source, details, (extract(epoch FROM since) * 1000)::bigint AS since,
            (extract(epoch FROM accepted_at) * 1000)::bigint AS "acceptedAt"
     FROM control.alarm WHERE cleared_at IS NULL ORDER BY since, code, source`,
  );
  return rows as ListedAlarm[];
}

/** Says of an open alarm that it is as it should be. @returns whether there was one that nobody had accepted */
export async function acceptAlarm(client: Queryable, code: string, source: string | null): Promise<boolean> {
  const { rows } = await client.query(
    `UPDATE control.alarm SET accepted_at = now()
     WHERE code = $1 AND source IS NOT DISTINCT FROM $2 AND cleared_at IS NULL AND accepted_at IS NULL RETURNING id`,
    [code, source],
  );
  return rows.length === 1;
}
