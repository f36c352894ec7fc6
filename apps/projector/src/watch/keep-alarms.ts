import type { Queryable } from '#lib/read-model';
import type { Logger } from '#lib/runtime';
import type { Alarm, AlarmCode, OpenAlarm } from './alarm.js';

export async function openAlarms(client: Queryable): Promise<OpenAlarm[]> {
  const { rows } = await client.query(
    `SELECT code, source, details, (extract(epoch FROM since) * 1000)::bigint AS since,
            (extract(epoch FROM accepted_at) * 1000)::bigint AS "acceptedAt"
     FROM control.alarm WHERE cleared_at IS NULL ORDER BY code, source`,
  );
  return rows as OpenAlarm[];
}

/** When somebody last said of each kind of alarm that it is as it should be; milliseconds since 1970. */
export async function lastAccepted(client: Queryable): Promise<Map<AlarmCode, number>> {
  const { rows } = await client.query(
    `SELECT code, ceil(extract(epoch FROM max(accepted_at)) * 1000)::bigint AS at FROM control.alarm WHERE accepted_at IS NOT NULL GROUP BY code`,
  );
  return new Map((rows as { code: AlarmCode; at: number }[]).map(({ code, at }) => [code, at]));
}

/**
 * Makes the open alarms those that were judged to be: raises what is new, clears what is over, each with one line in the log. One that
 * somebody accepted stays, in silence, until what it told of is over.
 * @param codes what was judged; alarms of other codes stay as they are
 */
export async function keepAlarms(client: Queryable, codes: readonly AlarmCode[], judged: readonly Alarm[], logger: Logger): Promise<void> {
  const column = <T>(of: (alarm: Alarm) => T) => judged.map(of);
  const cleared = await client.query(
    `UPDATE control.alarm AS open SET cleared_at = now()
     WHERE cleared_at IS NULL AND code = ANY($1::text[]) AND NOT EXISTS (
       SELECT FROM unnest($2::text[], $3::text[]) AS given (code, source)
       WHERE given.code = open.code AND given.source IS NOT DISTINCT FROM open.source)
     RETURNING code, source, since`,
    [codes, column(({ code }) => code), column(({ source }) => source)],
  );
  const raised = await client.query(
    `INSERT INTO control.alarm AS open (code, source, details)
     SELECT given.* FROM unnest($1::text[], $2::text[], $3::jsonb[]) AS given
     ON CONFLICT (code, coalesce(source, '')) WHERE cleared_at IS NULL
       DO UPDATE SET details = excluded.details WHERE open.details <> excluded.details
     RETURNING code, source, details, xmax = 0 AS raised`,
    [column(({ code }) => code), column(({ source }) => source), column(({ details }) => JSON.stringify(details))],
  );
  for (const { code, source, since } of cleared.rows as { code: string; source: string | null; since: Date }[])
    logger.info({ alarm: code, source, since }, 'alarm cleared');
  for (const { code, source, details, raised: isNew } of raised.rows as (Alarm & { raised: boolean })[])
    if (isNew) logger.error({ alarm: code, source, details }, 'alarm raised');
}
