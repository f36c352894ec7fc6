/** How dates are written on pages: "12 May 2012", and instants as the authority's clocks show them. */

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** `2012-05-12` → "12 May 2012"; a partial date stays partial: `2012-05` → "May 2012", `2012` → "2012". */
export function writtenDay(date: string): string {
  return written(date, (month) => month.slice(0, 3));
}

/** `2026-09-03` → "3 September 2026". */
export function writtenDayInFull(date: string): string {
  return written(date, (month) => month);
}

function written(date: string, name: (month: string) => string): string {
  const [year, month, day] = date.split('-');
  return [day && Number(day), month && name(MONTHS[Number(month) - 1]!), year].filter(Boolean).join(' ');
}

const LONDON = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', dateStyle: 'short', timeStyle: 'short' });

/** The day in London at an instant (milliseconds since 1970), as `YYYY-MM-DD`. */
export function londonDay(instant: number): string {
  const [date] = LONDON.format(instant).split(', ') as [string];
  return date.split('/').reverse().join('-');
}

/** An instant (milliseconds since 1970) → "22 Nov 2026 at 09:14". */
export function writtenInstant(instant: number): string {
  const [, time] = LONDON.format(instant).split(', ') as [string, string];
  return `${writtenDay(londonDay(instant))} at ${time}`;
}

/** How long ago, while that is easier to grasp than the time of day; nothing from an hour on. */
export function writtenAgo(instant: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - instant) / 1000));
  if (seconds < 60) return counted(seconds, 'second');
  return seconds < 3600 ? counted(Math.floor(seconds / 60), 'minute') : '';
}

const counted = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'} ago`;
