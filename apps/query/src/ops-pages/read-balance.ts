import type { Sight } from './sight.js';

/** What became of what one source sent on one day. */
export interface BalanceRow {
  source: string;
  /** `YYYY-MM-DD` in Europe/London. */
  day: string;
  /** Refused at the door and so in no log. */
  rejected: number;
  /** As the log has it: without what was rejected. */
  received: number;
  applied: number;
  superseded: number;
  erased: number;
  parked: number;
  discarded: number;
}

/** The days from `since` on, newest first. */
export async function readBalance(sight: Sight, since: string): Promise<BalanceRow[]> {
  return (await sight.query(BALANCE, [since])).rows as BalanceRow[];
}

const COUNTED = ['received', 'applied', 'superseded', 'erased', 'parked', 'discarded'];

const BALANCE = `
  WITH counted AS (
    SELECT source, day, ${COUNTED.map((count) => `sum(${count}) AS ${count}`).join(', ')} FROM tally WHERE day >= $1 GROUP BY source, day),
  refused AS (SELECT source, day, sum(events) AS events FROM control.rejected WHERE day >= $1 GROUP BY source, day)
  SELECT source, day, coalesce(r.events, 0)::bigint AS rejected, ${COUNTED.map((count) => `coalesce(c.${count}, 0)::bigint AS ${count}`).join(', ')}
  FROM counted c FULL JOIN refused r USING (source, day) ORDER BY day DESC, source`;
