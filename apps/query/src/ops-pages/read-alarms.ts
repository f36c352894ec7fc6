import type { Sight } from './sight.js';

export interface Alarm {
  id: string;
  code: string;
  source: string | null;
  /** Milliseconds since 1970. */
  since: number;
  details: Record<string, unknown> | null;
}

/** Alarms that are not over and that nobody has accepted, oldest first. */
export async function readAlarms(sight: Sight): Promise<Alarm[]> {
  const { rows } = await sight.query(
    `SELECT id, code, source, (extract(epoch FROM since) * 1000)::bigint AS since, details FROM control.alarm
     WHERE cleared_at IS NULL AND accepted_at IS NULL ORDER BY since, code, source`,
  );
  return rows as Alarm[];
}
