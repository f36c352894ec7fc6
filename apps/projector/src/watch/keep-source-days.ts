import type { Queryable } from '#lib/read-model';
import { londonDay } from '../tally.js';
import { COLUMNS, COUNTED, type SourceCounts } from './source-counts.js';

/** A source at one look. */
export interface SourceSeen extends SourceCounts {
  source: string;
  late: boolean;
}

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const columns = COUNTED.map((counted) => COLUMNS[counted]);

/** Adds a minute to each source's day, on time or late, and keeps what it last held. A minute that is counted already is not counted again. */
export async function keepMinute(client: Queryable, seen: readonly SourceSeen[], now: number): Promise<void> {
  const isNew = 'coalesce(held.last_minute < excluded.last_minute, true)';
  await client.query(
    `INSERT INTO control.source_day AS held (source, day, last_minute, minutes_late, minutes_on_time, ${columns.join(', ')})
     SELECT given.source, $1, to_timestamp($2), given.late::int, (NOT given.late)::int, ${columns.join(', ')}
     FROM unnest($3::text[], $4::boolean[], ${bigints(5)}) AS given (source, late, ${columns.join(', ')})
     ON CONFLICT (source, day) DO UPDATE SET
       minutes_late = held.minutes_late + CASE WHEN ${isNew} THEN excluded.minutes_late ELSE 0 END,
       minutes_on_time = held.minutes_on_time + CASE WHEN ${isNew} THEN excluded.minutes_on_time ELSE 0 END,
       last_minute = greatest(held.last_minute, excluded.last_minute),
       ${columns.map((column) => `${column} = coalesce(excluded.${column}, held.${column})`).join(', ')}`,
    [
      londonDay(now),
      (Math.floor(now / MINUTE) * MINUTE) / 1_000,
      seen.map(({ source }) => source),
      seen.map(({ late }) => late),
      ...counts(seen),
    ],
  );
}

/** Events published today and yesterday, as the live generation has counted them. */
export async function keepEvents(client: Queryable, schema: string, now: number): Promise<void> {
  await client.query(
    `UPDATE control.source_day AS held SET events = counted.events
     FROM (SELECT source, day, sum(received)::bigint AS events FROM ${schema}.tally WHERE day >= $1 GROUP BY source, day) AS counted
     WHERE held.source = counted.source AND held.day = counted.day AND held.events <> counted.events`,
    [londonDay(now - DAY)],
  );
}

/** Keeps the greatest counts of the hour, and lets go of hours that no drop is measured from. */
export async function keepHour(client: Queryable, seen: readonly SourceCounts[], sources: readonly string[], now: number): Promise<void> {
  await client.query(
    `INSERT INTO control.source_hour AS held (source, hour, ${columns.join(', ')})
     SELECT given.source, to_timestamp($1), ${columns.join(', ')}
     FROM unnest($2::text[], ${bigints(3)}) AS given (source, ${columns.join(', ')})
     ON CONFLICT (source, hour) DO UPDATE SET
       ${columns.map((column) => `${column} = greatest(held.${column}, excluded.${column})`).join(', ')}`,
    [(Math.floor(now / HOUR) * HOUR) / 1_000, sources, ...counts(seen)],
  );
  await client.query(`DELETE FROM control.source_hour WHERE hour < to_timestamp($1)`, [(now - 2 * DAY) / 1_000]);
}

/** The greatest counts of each source within a day. */
export async function highestOfADay(client: Queryable, now: number): Promise<Map<string, SourceCounts>> {
  const { rows } = await client.query(
    `SELECT source, ${COUNTED.map((counted) => `max(${COLUMNS[counted]}) AS "${counted}"`).join(', ')}
     FROM control.source_hour WHERE hour >= to_timestamp($1) GROUP BY source`,
    [(Math.floor(now / HOUR) * HOUR - DAY) / 1_000],
  );
  return new Map((rows as (SourceCounts & { source: string })[]).map((row) => [row.source, row]));
}

/** From now on drops are measured from what the source holds now: somebody has accepted it. */
export async function forgetHours(client: Queryable, sources: readonly string[]): Promise<void> {
  await client.query('DELETE FROM control.source_hour WHERE source = ANY($1::text[])', [sources]);
}

const bigints = (from: number) => columns.map((_, at) => `$${from + at}::bigint[]`).join(', ');
const counts = (seen: readonly SourceCounts[]) => COUNTED.map((counted) => seen.map((one) => one[counted]));
