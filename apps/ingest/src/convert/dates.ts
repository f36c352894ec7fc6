import { dateIn } from './calendar.js';
import { type Convert, Unreadable } from './column.js';
import { saysNothing } from './not-recorded.js';

/** What systems write into a date that may not stay empty. */
const DEFAULTS = new Set([
  '0001-01-01',
  '1753-01-01',
  '1800-01-01',
  '1850-01-01',
  '1899-12-30',
  '1899-12-31',
  '1900-01-01',
  '1901-01-01',
  '2999-12-31',
  '9999-12-31',
]);
const isDefault = (date: string) => DEFAULTS.has(date) || DEFAULTS.has(`${date}-01-01`);

const NO_DATE = new Unreadable(
  'real-date',
  'a real date, day before month, such as 14/05/2012, 14-May-2012 or 2012-05-14',
  'Correct the date at the source, or leave it empty.',
);
const NO_WHOLE_DATE = new Unreadable('whole-date', 'a whole date with its day', 'Add the day and month, or leave it empty.');

/** A whole day. @param notKnown days that stand for "not known" in this system, besides those of every system */
export const dayFrom =
  (notKnown: readonly string[] = []): Convert<string> =>
  (text, today) => {
    if (saysNothing(text)) return null;
    const date = dateIn(text, today);
    if (date === undefined) return NO_DATE;
    if (isDefault(date) || notKnown.includes(date)) return null;
    return date.length === 10 ? date : NO_WHOLE_DATE;
  };

export interface BirthDate {
  date: string;
  precision: 'day' | 'month' | 'year';
}

/** A date of birth exactly as precise as it is written. */
export const birthDateFrom =
  (notKnown: readonly string[] = []): Convert<BirthDate> =>
  (text, today) => {
    if (saysNothing(text)) return null;
    const date = dateIn(text, today);
    if (date === undefined) return NO_DATE;
    if (isDefault(date) || notKnown.includes(date)) return null;
    return { date, precision: date.length === 10 ? 'day' : date.length === 7 ? 'month' : 'year' };
  };
