import type { Queryable } from './generation.js';

/** Raised by whoever watches the audit log, not by upkeep: the log is not what was sealed, and nobody has acknowledged it. */
export const AUDIT_CHANGED = 'audit-changed';

/** Keeps an alarm open, or cleared, that upkeep does not judge. @param details in codes and counts; null: it is over @returns whether that is new */
export async function keepOutsideAlarm(
  client: Queryable,
  code: typeof AUDIT_CHANGED,
  details: Record<string, unknown> | null,
): Promise<boolean> {
  if (details === null) return (await client.query(CLEAR, [code])).rows.length > 0;
  const { rows } = await client.query(RAISE, [code, JSON.stringify(details)]);
  return (rows[0] as { raised: boolean } | undefined)?.raised ?? false;
}

const CLEAR = 'UPDATE control.alarm SET cleared_at = now() WHERE code = $1 AND cleared_at IS NULL RETURNING id';
const RAISE = `
  INSERT INTO control.alarm AS open (code, source, details) VALUES ($1, NULL, $2::jsonb)
  ON CONFLICT (code, coalesce(source, '')) WHERE cleared_at IS NULL DO UPDATE SET details = excluded.details, accepted_at = NULL
  RETURNING xmax = 0 AS raised`;
