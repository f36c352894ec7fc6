import { expect, test } from '@jest/globals';
import { londonDay, writtenAgo, writtenDay, writtenDayInFull, writtenInstant } from './dates.js';

test('a day is written with its month in letters, so that nobody reads 03/09 as the ninth of March', () => {
  expect(writtenDay('2012-05-12')).toBe('12 May 2012');
  expect(writtenDay('2026-09-03')).toBe('3 Sep 2026');
  expect(writtenDayInFull('2026-09-03')).toBe('3 September 2026');
});

test('a date that is known only in part stays partial', () => {
  expect(writtenDay('2012-05')).toBe('May 2012');
  expect(writtenDay('2012')).toBe('2012');
});

test('times are those of London, in summer and in winter', () => {
  expect(writtenInstant(Date.parse('2026-11-22T09:14:00Z'))).toBe('22 Nov 2026 at 09:14');
  expect(writtenInstant(Date.parse('2026-06-30T23:30:00Z'))).toBe('1 Jul 2026 at 00:30');
  expect(londonDay(Date.parse('2026-06-30T23:30:00Z'))).toBe('2026-07-01');
});

test('"ago" is said only while it is short', () => {
  const now = Date.parse('2026-11-22T09:14:20Z');
  expect(writtenAgo(now - 20_000, now)).toBe('20 seconds ago');
  expect(writtenAgo(now - 60_000, now)).toBe('1 minute ago');
  expect(writtenAgo(now - 3_600_000, now)).toBe('');
  expect(writtenAgo(now + 5_000, now)).toBe('0 seconds ago');
});
