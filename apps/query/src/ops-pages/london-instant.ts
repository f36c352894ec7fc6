import { instantWords, dayWords } from '../day-words.js';

const HOUR = 3_600_000;

/**
 * A day (`YYYY-MM-DD`) and time (`HH:MM`) of Europe/London in milliseconds since 1970; of an hour that comes twice the first.
 * Null: there is no such day, or the clocks skip that time.
 */
export function londonInstant(day: string, time: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !/^\d{2}:\d{2}$/.test(time)) return null;
  const asUtc = Date.parse(`${day}T${time}:00Z`);
  // London is an hour ahead in summer: whichever reading says the same on its clock is meant.
  return [asUtc - HOUR, asUtc].find((instant) => !Number.isNaN(instant) && instantWords(instant) === `${dayWords(day)} at ${time}`) ?? null;
}
