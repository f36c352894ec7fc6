/** Calendar days as the sources write them, `YYYY-MM-DD`, reckoned without a time zone. */
export type Day = string;

const DAY = 86_400_000;

export const addDays = (day: Day, days: number): Day => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
export const addYears = (day: Day, years: number): Day => addDays(day, Math.round(years * 365.25));
export const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY);
export const later = (a: Day, b: Day): Day => (a > b ? a : b);
export const earlier = (a: Day, b: Day): Day => (a < b ? a : b);

/** Completed years. Negative before birth. */
export function ageOn(born: Day, day: Day): number {
  const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4));
  return day.slice(5) < born.slice(5) ? years - 1 : years;
}

/** An instant on that day, in milliseconds since 1970, so many seconds after midnight (UTC). */
export const instantOn = (day: Day, seconds: number): number => Date.parse(day) + seconds * 1000;
