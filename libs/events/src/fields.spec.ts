import * as fc from 'fast-check';
import type { z } from 'zod';
import { birthDate, count, day, instant, sourceName, sourceVersion, text } from './fields.js';

/** Stable codes of the rules a value breaks; empty when it is accepted. */
const broken = (type: z.ZodType, value: unknown): string[] =>
  (type.safeParse(value).error?.issues ?? []).map((issue) => (issue.code === 'custom' ? String(issue.params?.rule) : issue.code));

test.each(['Ng', 'O’Rourke-Ńowak', "D'Souza", '李小龙', 'مُحَمَّد', 'Zoë\u0301', '👩‍👧', ' with spaces ', 'two\nlines', '\ufffd'])(
  'text is kept to the letter: %j',
  (value) => expect(text(50).parse(value)).toBe(value),
);

test.each([
  ['', 'text-not-empty'],
  ['   \n', 'text-not-empty'],
  ['\u200b\u2060\u200f', 'text-not-empty'],
  ['\u0301\u0302', 'text-not-empty'],
  ['\u3164\u2800', 'text-not-empty'],
  ['Ann\0', 'text-no-control-characters'],
  ['Ann\u0007', 'text-no-control-characters'],
  ['Ann\ud83d', 'text-well-formed'],
])('text that hides something or says nothing is refused: %j', (value, rule) => {
  expect(broken(text(50), value)).toEqual([rule]);
});

test('text longer than its field is refused, not cut', () => {
  expect(broken(text(5), 'abcdef')).toEqual(['too_big']);
});

test('every real day is accepted as it stands, from 1850 to 2200', () => {
  const anyDay = fc.date({ min: new Date('1850-01-01'), max: new Date('2200-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(anyDay, (date) => {
      const value = date.toISOString().slice(0, 10);
      expect(day().parse(value)).toBe(value);
    }),
  );
});

test.each(['2023-02-29', '2024-02-30', '1900-02-29', '2024-13-01', '2024-00-10', '2024-04-31', '1849-12-31', '2201-01-01', '0000-01-01'])(
  'a day that never was, or can not be meant, is refused: %s',
  (value) => expect(broken(day(), value)).toEqual(['real-date']),
);

test.each(['24-01-01', '01/02/2024', '2024-1-1', '2024-01-01T00:00:00Z', ' 2024-01-01', '٢٠٢٤-٠١-٠١'])(
  'a day is written YYYY-MM-DD and no other way: %s',
  (value) => expect(broken(day(), value)).toContain('invalid_format'),
);

test.each([
  ['2014-03-09', 'day'],
  ['2014-03', 'month'],
  ['2014', 'year'],
  ['2026-09-30', 'expected'],
  ['2026-09', 'expected'],
  ['2024-02-29', 'day'],
])('a date of birth is kept as precise as it is known: %s, %s', (date, precision) => {
  expect(birthDate().parse({ date, precision })).toEqual({ date, precision });
});

test.each([
  ['2014-03-09', 'month', 'date-matches-precision'],
  ['2014', 'day', 'date-matches-precision'],
  ['2014-13', 'month', 'real-date'],
  ['2023-02-29', 'day', 'real-date'],
])('a date of birth that claims more or less than it says is refused: %s, %s', (date, precision, rule) => {
  expect(broken(birthDate(), { date, precision })).toContain(rule);
});

test.each([
  ['2026-03-29T01:30:00+01:00', Date.UTC(2026, 2, 29, 0, 30)],
  ['2026-11-22T09:14:00Z', Date.UTC(2026, 10, 22, 9, 14)],
  ['2026-11-22T09:14:00.123456Z', Date.UTC(2026, 10, 22, 9, 14, 0, 123)],
])('an instant is one point in time, whatever the zone it is written in: %s', (value, expected) => {
  expect(instant().parse(value)).toBe(expected);
});

test.each(['2026-11-22T09:14:00', '2026-11-22', '2026-02-30T00:00:00Z', 'yesterday'])(
  'an instant without a zone, or that never was, is refused: %s',
  (value) => expect(broken(instant(), value)).toEqual(['invalid_format']),
);

test('versions and counts are whole and small enough to be read back from the log', () => {
  expect(sourceVersion().parse({ epoch: 0, position: 9_007_199_254_740_990 })).toEqual({ epoch: 0, position: 9_007_199_254_740_990 });
  for (const value of [-1, 1.5, 9_007_199_254_740_991, '7', Number.NaN]) expect(broken(count(), value)).not.toEqual([]);
  expect(broken(sourceVersion(), { epoch: 2_147_483_648, position: 1 })).not.toEqual([]);
});

test('a source’s name is fit for a URL and a topic', () => {
  expect(broken(sourceName(), 'northbridge-homes')).toEqual([]);
  for (const name of ['Mosaic', 'a', 'x/y', '../x', 'a.b', '1st', 'm'.repeat(42)]) expect(broken(sourceName(), name)).not.toEqual([]);
});
