import type { Period } from '#lib/audit';
import { londonDay } from '../day-words.js';
import { londonInstant } from '../ops-pages/london-instant.js';

const A_DAY = 86_400_000;

/** A period in whole days of Europe/London, as it is asked for and shown. */
export interface ShownPeriod extends Period {
  /** `YYYY-MM-DD`, both inclusive. */
  fromDay: string;
  toDay: string;
  /** What is wrong with what was typed; the usual period is shown instead. */
  problem: string | null;
}

/** The period in an address (`from`, `to`); the last `days` days where it says none. */
export function periodAsked({ from, to }: Record<string, unknown>, now: number, days: number): ShownPeriod {
  const today = londonDay(now);
  const usual = periodOf(daysBefore(today, days - 1), today)!;
  if (isLeftOut(from) && isLeftOut(to)) return { ...usual, problem: null };
  const asked = periodOf(isLeftOut(from) ? usual.fromDay : String(from), isLeftOut(to) ? usual.toDay : String(to));
  if (asked === null) return { ...usual, problem: 'Enter two real dates' };
  return asked.from < asked.to ? { ...asked, problem: null } : { ...usual, problem: 'The first day must not be after the last' };
}

/** Counted by the calendar: a day on which the clocks change is no day of 24 hours. */
const daysBefore = (day: string, days: number): string => new Date(Date.parse(day) - days * A_DAY).toISOString().slice(0, 10);

const isLeftOut = (text: unknown): boolean => typeof text !== 'string' || text.trim() === '';

function periodOf(fromDay: string, toDay: string): Omit<ShownPeriod, 'problem'> | null {
  const [from, last] = [londonInstant(fromDay, '00:00'), londonInstant(toDay, '00:00')];
  if (from === null || last === null) return null;
  // The day after, by its noon: no change of the clocks moves it to another day.
  return { fromDay, toDay, from, to: londonInstant(londonDay(last + 1.5 * A_DAY), '00:00')! };
}

/** As the query of an address. */
export const periodQuery = ({ fromDay, toDay }: ShownPeriod): string => new URLSearchParams({ from: fromDay, to: toDay }).toString();
