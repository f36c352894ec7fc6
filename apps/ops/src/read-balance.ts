import type { PoolClient } from 'pg';
import { isBalanced, liveGeneration, type PartitionTally, partitionTallies, type ReadModelPool } from '#lib/read-model';

/** What became of what one source published on one day. */
export interface DayBalance {
  source: string;
  day: string;
  /** In the log and rejected at the door. */
  received: number;
  applied: number;
  superseded: number;
  erased: number;
  parked: number;
  discarded: number;
  /** Refused at the door. */
  rejected: number;
  /** Parked events that are there. */
  held: number;
  balances: boolean;
}

/** What was counted of one partition of a log, and how far it was folded. */
export interface PartitionBalance extends PartitionTally {
  balances: boolean;
}

/** How the live generation's counts agree with each other, with what is parked, and with the offsets; all in one snapshot. */
export async function readBalance(
  pool: ReadModelPool,
  o: { from: string; source?: string },
): Promise<{ days: DayBalance[]; partitions: PartitionBalance[] }> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL enable_seqscan = on');
    const { schema } = await liveGeneration(client);
    const days = await dayRows(client, schema, o);
    const partitions = await partitionTallies(client, schema);
    await client.query('COMMIT');
    return {
      days: days.map((day) => ({ ...day, balances: sumOf(day) === day.received && day.parked === day.held })),
      partitions: partitions.map((row) => ({ ...row, balances: isBalanced(row) })),
    };
  } finally {
    client.release(true);
  }
}

const sumOf = (day: Omit<DayBalance, 'balances'>): number =>
  day.applied + day.superseded + day.erased + day.parked + day.discarded + day.rejected;

async function dayRows(client: PoolClient, schema: string, o: { from: string; source?: string }) {
  const { rows } = await client.query(DAYS(schema), [o.from, o.source ?? null]);
  return rows as Omit<DayBalance, 'balances'>[];
}

const COUNTED = ['received', 'applied', 'superseded', 'erased', 'parked', 'discarded'];

/** A day is counted by publishing, in Europe/London, as the projector does; parked events are held against it in the same way. */
const DAYS = (schema: string) => `
  WITH counted AS (
    SELECT source, day, ${COUNTED.map((count) => `sum(${count})::bigint AS ${count}`).join(', ')} FROM ${schema}.tally GROUP BY source, day),
  held AS (
    SELECT CASE WHEN topic LIKE '%identity-log' THEN '(matcher)' ELSE coalesce(source, '(unreadable)') END AS source,
           to_char(to_timestamp(published_at / 1000.0) AT TIME ZONE 'Europe/London', 'YYYY-MM-DD') AS day, count(*)::bigint AS held
    FROM ${schema}.parked GROUP BY 1, 2),
  refused AS (SELECT source, day, sum(events)::bigint AS rejected FROM control.rejected GROUP BY source, day)
  SELECT source, day, ${COUNTED.map((count) => `coalesce(${count}, 0)${count === 'received' ? ' + coalesce(rejected, 0)' : ''} AS ${count}`).join(', ')},
         coalesce(rejected, 0) AS rejected, coalesce(held, 0) AS held
  FROM counted FULL JOIN held USING (source, day) FULL JOIN refused USING (source, day)
  WHERE day >= $1 AND ($2::text IS NULL OR source = $2)
  ORDER BY day DESC, source`;
