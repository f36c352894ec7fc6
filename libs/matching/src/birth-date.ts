/** A date of birth as far as it can be believed: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
export type BirthDate = string;

export type BirthLevel = 'same' | 'month' | 'year' | 'slip' | 'swap' | 'near' | 'different';

/** Days that systems fill in where none is known. */
export const DEFAULT_BIRTH_DATES: readonly string[] = ['1900-01-01', '1901-01-01', '1899-12-30', '1970-01-01', '1111-11-11', '1753-01-01'];

/** The part of a date of birth that says something: a default date is nothing, an estimated one is its year, an expected one is nothing. */
export function usableDate(born: { date: string; precision?: string; estimated?: boolean }): BirthDate | null {
  const { date, precision } = born;
  if (precision === 'expected' || DEFAULT_BIRTH_DATES.includes(date) || !/^\d{4}(-\d\d){0,2}$/.test(date)) return null;
  if (precision === 'year' || born.estimated) return date.slice(0, 4);
  return precision === 'month' ? date.slice(0, 7) : date;
}

export const isFullDate = (born: BirthDate | null): born is BirthDate => born?.length === 10;

/** How two dates of birth agree, as far as both are known. Symmetric. */
export function compareBirthDates(a: BirthDate, b: BirthDate): BirthLevel {
  const known = Math.min(a.length, b.length);
  if (a.slice(0, known) === b.slice(0, known)) return known === 10 ? 'same' : known === 7 ? 'month' : 'year';
  if (known < 10) return Math.abs(yearsApart(a, b)) <= 1 ? 'near' : 'different';
  if (`${a.slice(0, 5)}${a.slice(8)}-${a.slice(5, 7)}` === b) return 'swap';
  let slips = 0;
  for (let place = 0; place < known; place += 1) if (a[place] !== b[place]) slips += 1;
  if (slips === 1) return 'slip';
  return a.slice(0, 7) === b.slice(0, 7) || a.slice(4) === b.slice(4) ? 'near' : 'different';
}

/** Whole years between two dates of birth, by their years. */
export function yearsApart(a: BirthDate, b: BirthDate): number {
  return Math.abs(Number(a.slice(0, 4)) - Number(b.slice(0, 4)));
}
