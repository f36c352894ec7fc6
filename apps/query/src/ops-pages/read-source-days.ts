import { londonDay } from '../day-words.js';
import type { Sight } from './sight.js';

export const DAYS = 30;

/** How one source kept its times on one day. */
export interface SourceDay {
  /** `YYYY-MM-DD` in Europe/London. */
  day: string;
  state: 'on-time' | 'late' | 'missing' | 'not-watched';
  minutesLate: number;
  events: number;
  /** What it said it held at the end of the day; null: not said. */
  records: number | null;
  open: number | null;
}

interface DayRow {
  source: string;
  day: string;
  onTime: number;
  late: number;
  events: number;
  records: number | null;
  open: number | null;
}

/** The last 30 days of each source, oldest first. A day nobody watched says so. */
export async function readSourceDays(sight: Sight, sources: readonly string[]): Promise<Map<string, SourceDay[]>> {
  const days = lastDays(sight.now);
  const rows = (await sight.query(WATCHED, [sources, days[0]])).rows as DayRow[];
  const watched = new Map(rows.map((row) => [`${row.source}/${row.day}`, row]));
  return new Map(sources.map((source) => [source, days.map((day) => dayOf(day, watched.get(`${source}/${day}`)))]));
}

function dayOf(day: string, row: DayRow | undefined): SourceDay {
  if (!row) return { day, state: 'not-watched', minutesLate: 0, events: 0, records: null, open: null };
  const { late: minutesLate, onTime, events, records, open } = row;
  const missing = events === 0 && onTime === 0 && minutesLate > 0;
  return { day, state: missing ? 'missing' : minutesLate > 0 ? 'late' : 'on-time', minutesLate, events, records, open };
}

/** The days up to now, by noon of each: no change of the clocks moves it to another day. */
function lastDays(now: number): string[] {
  const noon = Date.parse(`${londonDay(now)}T12:00:00Z`);
  return Array.from({ length: DAYS }, (_, back) => londonDay(noon - (DAYS - 1 - back) * 86_400_000));
}

const WATCHED = `
  SELECT source, day, minutes_on_time AS "onTime", minutes_late AS late, events, records_held AS records, open_held AS open
  FROM control.source_day WHERE source = ANY ($1::text[]) AND day >= $2`;
