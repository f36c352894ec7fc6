import type { Sight } from './operate.js';

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

/** Whether the counts agree with the tables they count: what the checkpoints have passed, and what is parked now. */
export interface Proof {
  passed: number;
  received: number;
  parkedNow: number;
  parkedCounted: number;
}

export async function readProof(sight: Sight): Promise<Proof> {
  const { rows } = await sight.query(`
    SELECT (SELECT coalesce(sum(next_offset - coalesce(counted_from, 0) - coalesce(skipped, 0)), 0)::bigint FROM checkpoint) AS passed,
           coalesce(sum(received), 0)::bigint AS received, (SELECT count(*) FROM parked) AS "parkedNow",
           coalesce(sum(parked), 0)::bigint AS "parkedCounted" FROM tally`);
  return rows[0] as Proof;
}

const COUNTED = ['received', 'applied', 'superseded', 'erased', 'parked', 'discarded'];

const BALANCE = `
  WITH counted AS (
    SELECT source, day, ${COUNTED.map((count) => `sum(${count}) AS ${count}`).join(', ')} FROM tally WHERE day >= $1 GROUP BY source, day),
  refused AS (SELECT source, day, sum(events) AS events FROM control.rejected WHERE day >= $1 GROUP BY source, day)
  SELECT source, day, coalesce(r.events, 0)::bigint AS rejected, ${COUNTED.map((count) => `coalesce(c.${count}, 0)::bigint AS ${count}`).join(', ')}
  FROM counted c FULL JOIN refused r USING (source, day) ORDER BY day DESC, source`;
