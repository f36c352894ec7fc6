/** Where one zone ends and the next begins: by one milli-bit, one year, one letter of a postcode. */
import { comparePair } from '#lib/matching';
import { home, maya, model, named, pair, plain, PUPIL, reasons } from '../../../test/support/compared-pair.js';
import { comparableOf, type MatchRecord } from './comparable.js';

const compared = (change: Partial<MatchRecord>, usual: { join: number; review: number }) =>
  comparePair(comparableOf(plain), comparableOf({ ...plain, subject: 'b', ...change }), { ...model, usual });

it('A pair that just reaches what a join or a review asks is there, and one milli-bit below it is not', () => {
  const { weight } = pair({});
  const zone = (join: number, review: number) => compared({}, { join, review }).zone;
  expect([zone(weight, weight - 9), zone(weight + 1, weight - 9)]).toEqual(['join', 'review']);
  expect([zone(weight + 9, weight), zone(weight + 9, weight + 1)]).toEqual(['review', 'apart']);
});

it('A shared number that nothing bears out is for a steward, however far below a review the rest is', () => {
  const shared = { identifiers: maya.identifiers };
  const other = { ...shared, ...named('Okafor', 'Oliver'), dateOfBirth: { date: '1961-11-30' } };
  const a = comparableOf({ ...plain, ...shared });
  const clash = comparePair(a, comparableOf({ ...plain, subject: 'b', ...other }), { ...model, usual: { join: 1e9, review: 1e9 } });
  expect([clash.zone, reasons(clash)]).toEqual(['review', expect.arrayContaining(['identifier clash'])]);
});

it('A pupil number is no bridge between two dates of birth', () => {
  const numbered = { ...home, identifiers: PUPIL };
  expect(reasons(pair({ ...numbered, dateOfBirth: { date: '2010-07-22' } }, numbered))).toContain('identifier clash');
});

it.each([
  ['twelve years apart, by more than a digit', '2003-08-22', 'apart'],
  ['eleven years apart', '2004-08-22', 'review'],
  ['apart by one digit that makes twelve years or more', '2095-03-14', 'review'],
])('Two of one name who were born %s may be of two generations', (_, date, holds) => {
  expect(pair({ dateOfBirth: { date } }).caps).toMatchObject([{ reason: 'generations', holds }]);
});

it.each([
  ['LS1 4AP', 'same'],
  ['LS1 4ZZ', 'sector'],
  ['LS1 9ZZ', 'district'],
  ['LS2 9ZZ', 'area'],
  ['M1 1AE', 'different'],
])('A postcode beside LS1 4AP, %s, is of the %s', (postcode, level) => {
  expect(pair({ addresses: [{ postcode }] }).parts.find(({ comparison }) => comparison === 'postcode')?.level).toBe(level);
});
