/** Days and instants as readers see them, in Europe/London. */
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const london = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** `2012-05-12` → "12 May 2012", `2012-05` → "May 2012", `2012` → "2012". */
export function dayWords(day: string): string {
  const [year, month, date] = day.split('-');
  const monthName = month === undefined ? undefined : MONTHS[Number(month) - 1];
  return [date === undefined ? undefined : Number(date), monthName, year].filter((part) => part !== undefined).join(' ');
}

/** 12 → "last 12 months". */
export const lastMonthsWords = (months: number): string => (months === 1 ? 'last month' : `last ${months} months`);

/** Formatting is slow and a page names the same few minutes again and again. */
const remembered = new Map<number, Record<string, string>>();

function londonParts(instant: number): Record<string, string> {
  const minute = Math.floor(instant / 60_000);
  const known = remembered.get(minute);
  if (known) return known;
  if (remembered.size >= 1_000) remembered.clear();
  const parts = Object.fromEntries(london.formatToParts(minute * 60_000).map(({ type, value }) => [type, value]));
  remembered.set(minute, parts);
  return parts;
}

/** The day in London at that instant (milliseconds since 1970): `2026-11-22`. */
export function londonDay(instant: number): string {
  const { year, month, day } = londonParts(instant);
  return `${year}-${month}-${day}`;
}

/** Milliseconds since 1970 → "22 Nov 2026 at 09:14". */
export function instantWords(instant: number): string {
  const { hour, minute } = londonParts(instant);
  return `${dayWords(londonDay(instant))} at ${hour}:${minute}`;
}
