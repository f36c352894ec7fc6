import { expect, test } from '@jest/globals';
import { comparableOf, type MatchRecord } from '#lib/matching';
import { MatchKeys } from './match-keys.js';

const keys = new MatchKeys(Buffer.alloc(32, 1));
const record: MatchRecord = {
  subject: 'a',
  names: [{ family: 'Okafor', given: ['Ada'] }],
  dateOfBirth: { date: '2015-03-02' },
  addresses: [],
  identifiers: [{ type: 'nhs', value: '943 476 5919' }],
};
const of = (change: Partial<MatchRecord> = {}, by = keys) => by.of(comparableOf({ ...record, ...change }));

test('records that should be compared share a digest, however a number is spaced or a name is spelled', () => {
  const [one, other] = [of(), of({ names: [{ family: 'OKAFOR', given: ['ada'] }], identifiers: [{ type: 'nhs', value: '9434765919' }] })];
  expect(other).toEqual(one);
  expect(one.length).toBeGreaterThan(1);
});

test('what says nothing gives no digest', () => {
  expect(of({ names: [{ family: 'Unknown', given: ['Baby'] }], dateOfBirth: { date: '1900-01-01' }, identifiers: [] })).toEqual([]);
});

test('a digest says nothing without the secret, and fits a column of whole numbers', () => {
  const other = of({}, new MatchKeys(Buffer.alloc(32, 2)));
  expect(of().some((digest) => other.includes(digest))).toBe(false);
  for (const digest of of()) expect(BigInt.asIntN(64, BigInt(digest)).toString()).toBe(digest);
});

test('a content is the same only where every word is', () => {
  expect(keys.contentOf('a')).toBe(keys.contentOf('a'));
  expect(keys.contentOf('a')).not.toBe(keys.contentOf('b'));
  expect(keys.contentOf('a')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});
