import { expect, test } from '@jest/globals';
import type { PersonRecorded } from '#lib/events';
import { MatchKeys } from './match-keys.js';

const keys = new MatchKeys(Buffer.alloc(32, 1));
const nhs = (value: string): PersonRecorded['identifiers'][number] => ({ type: 'nhs', value });
const born = (date: string, precision: 'day' | 'month' | 'year' | 'expected' = 'day') => ({ date, precision });

test('the same number and date of birth give the same digest however the number is spaced', () => {
  const one = keys.of({ identifiers: [nhs('943 476 5919')], dateOfBirth: born('2015-03-02') });
  expect(one).toHaveLength(1);
  expect(keys.of({ identifiers: [nhs('9434765919'), nhs('943-476-5919')], dateOfBirth: born('2015-03-02') })).toEqual(one);
  expect(keys.of({ identifiers: [nhs('9434765919')], dateOfBirth: born('2015-03-03') })).not.toEqual(one);
});

test('a wrong check digit, another kind of number, a missing or partial or expected date of birth match nobody', () => {
  expect(keys.of({ identifiers: [nhs('9434765918')], dateOfBirth: born('2015-03-02') })).toEqual([]);
  expect(keys.of({ identifiers: [{ type: 'other', value: '9434765919' }], dateOfBirth: born('2015-03-02') })).toEqual([]);
  expect(keys.of({ identifiers: [nhs('9434765919')], dateOfBirth: null })).toEqual([]);
  expect(keys.of({ identifiers: [nhs('9434765919')], dateOfBirth: born('2015', 'year') })).toEqual([]);
  expect(keys.of({ identifiers: [nhs('9434765919')], dateOfBirth: born('2015-03-02', 'expected') })).toEqual([]);
});

test('a digest says nothing without the secret', () => {
  const other = new MatchKeys(Buffer.alloc(32, 2));
  const fields = { identifiers: [nhs('9434765919')], dateOfBirth: born('2015-03-02') };
  expect(other.of(fields)).not.toEqual(keys.of(fields));
  expect(keys.of(fields)[0]).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});
