/** Working days of England, as days (`YYYY-MM-DD`): no weekends, and no bank holidays but those proclaimed for one year alone. */

const DAY = 86_400_000;
const daysOn = (day: string, days: number): string => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
/** 0 is Sunday. */
const weekday = (day: string): number => new Date(day).getUTCDay();
const isWeekend = (day: string): boolean => weekday(day) % 6 === 0;

/** The first Monday on a day or after it. */
const mondayFrom = (day: string): string => daysOn(day, (8 - weekday(day)) % 7);

/** Easter Sunday (the anonymous Gregorian computus, Meeus: Astronomical Algorithms, chapter 8). */
function easterOf(year: number): string {
  const a = year % 19;
  const [b, c] = [Math.floor(year / 100), year % 100];
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  const date = ((h + l - 7 * m + 114) % 31) + 1;
  return new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10);
}

function bankHolidaysOf(year: number): string[] {
  const easter = easterOf(year);
  const newYear = `${year}-01-01`;
  // On a weekend, Christmas and Boxing Day are made up for on the next weekdays after both.
  const christmas = [`${year}-12-25`, `${year}-12-26`, `${year}-12-27`, `${year}-12-28`].filter((day) => !isWeekend(day)).slice(0, 2);
  return [
    isWeekend(newYear) ? mondayFrom(newYear) : newYear,
    daysOn(easter, -2),
    daysOn(easter, 1),
    mondayFrom(`${year}-05-01`),
    mondayFrom(`${year}-05-25`),
    mondayFrom(`${year}-08-25`),
    ...christmas,
  ];
}

export const isWorkingDay = (day: string): boolean => !isWeekend(day) && !bankHolidaysOf(Number(day.slice(0, 4))).includes(day);

/** The working day that comes so many working days after a day. */
export function workingDaysAfter(day: string, count: number): string {
  let [reached, left] = [day, count];
  while (left > 0) {
    reached = daysOn(reached, 1);
    if (isWorkingDay(reached)) left -= 1;
  }
  return reached;
}
