import { expect, test } from '@jest/globals';
import type { SearchablePerson, TypedSearch } from './searchable-person.js';
import { searchKeysOf } from './search-keys.js';
import { searchTermsOf } from './search-terms.js';

const person = (over: Partial<SearchablePerson>): SearchablePerson => ({
  recordId: 'M-1',
  names: [],
  addresses: [],
  identifiers: [],
  ...over,
});
const named = (family: string | null, ...given: string[]) => person({ names: [{ family, given, kind: 'current' }] });
const finds = (typed: TypedSearch, wanted: SearchablePerson): boolean => {
  const keys = new Set(searchKeysOf(wanted));
  const { all } = searchTermsOf(typed);
  return all.length > 0 && all.every((group) => group.some((key) => keys.has(key)));
};

test.each<[TypedSearch, SearchablePerson]>([
  [{ familyName: 'smith', givenName: 'thomas' }, named('Smith', 'Thomas')],
  [{ familyName: 'Smyth', givenName: 'Tomas' }, named('Smith', 'Thomas')],
  [{ familyName: 'Smith', givenName: 'Tom' }, named('Smith', 'Thomas')],
  [{ familyName: 'Smith', givenName: 'Thomas' }, named('Smith', 'Tommy')],
  [{ familyName: 'Ali', givenName: 'Mo' }, named('Ali', 'Muhammad')],
  [{ familyName: 'Brown', givenName: 'Kate' }, named('Browne', 'Catherine')],
  [{ familyName: 'Thompson', givenName: 'Bill' }, named('Thomson', 'William')],
  [{ familyName: 'Smith*', givenName: '%Thomas' }, named('Smith', 'Thomas')],
  [{ familyName: 'Smith Jones' }, named('Smith-Jones', 'Ann')],
  [{ familyName: 'Smithjones' }, named('Smith-Jones', 'Ann')],
  [{ familyName: 'Smith-Jones' }, named('Smith Jones', 'Ann')],
  [{ familyName: 'Jones' }, named('Smith-Jones', 'Ann')],
  [{ familyName: 'O Connor' }, named('O’Connor', 'Ann')],
  [{ familyName: 'oconnor' }, named('O Connor', 'Ann')],
  [{ familyName: 'Connor' }, named("O'Connor", 'Ann')],
  [{ familyName: 'Van den Berg' }, named('van der Berg', 'Ann')],
  [{ familyName: 'Hassan' }, named('Al-Hassan', 'Ann')],
  [{ familyName: 'Alhassan' }, named('Al-Hassan', 'Ann')],
  [{ givenName: 'Annemarie' }, named('Smith', 'Anne-Marie')],
  [{ givenName: 'Anne Marie' }, named('Smith', 'Annemarie')],
  [{ givenName: 'Annmarie' }, named('Smith', 'Ann', 'Marie')],
  [{ givenName: 'James' }, named('Smith', 'Thomas', 'James')],
  [{ familyName: 'Núñez' }, named('Nunez', 'Ana')],
  [{ familyName: 'Nunez' }, named('Núñez', 'Ana')],
  [{ familyName: '王', givenName: '小明' }, named('王', '小明')],
  [{ familyName: 'Suharto' }, named(null, 'Suharto')],
  [{ givenName: 'Suharto' }, named(null, 'Suharto')],
  [{ givenName: 'Suharto' }, named('Suharto')],
])('typing %j finds the person', (typed, wanted) => {
  expect(finds(typed, wanted)).toBe(true);
});

test.each<[TypedSearch, SearchablePerson]>([
  [{ familyName: 'Jones', givenName: 'Thomas' }, named('Smith', 'Thomas')],
  [{ familyName: 'Smith', givenName: 'Samantha' }, named('Smith', 'Samuel')],
  [{ familyName: '*', givenName: '%' }, named('Smith', 'Thomas')],
  [{}, named('Smith', 'Thomas')],
  [{ familyName: 'Thomas' }, named('Smith', 'Thomas')],
])('typing %j does not find the person', (typed, wanted) => {
  expect(finds(typed, wanted)).toBe(false);
});

test('a person is found by a former name and by an alias', () => {
  const anna = person({
    names: [
      { family: 'Smith', given: ['Anna'], kind: 'current' },
      { family: 'Kowalska', given: ['Anna'], kind: 'former' },
      { family: 'Smith', given: ['Bunny'], kind: 'alias' },
    ],
  });
  expect(finds({ familyName: 'Kowalska', givenName: 'Anna' }, anna)).toBe(true);
  expect(finds({ familyName: 'Smith', givenName: 'Bunny' }, anna)).toBe(true);
});

test('a full date, a year alone, and records that know less of the date', () => {
  const born = (date: string) => person({ dateOfBirth: { date } });
  expect(finds({ dateOfBirth: '2015-03-02' }, born('2015-03-02'))).toBe(true);
  expect(finds({ dateOfBirth: '2015-03-02' }, born('2015-03-03'))).toBe(false);
  expect(finds({ dateOfBirth: '2015-03-02' }, born('2015-03'))).toBe(true);
  expect(finds({ dateOfBirth: '2015-03-02' }, born('2015'))).toBe(true);
  expect(finds({ year: '2015' }, born('2015-03-02'))).toBe(true);
  expect(finds({ year: '2015' }, born('2015'))).toBe(true);
  expect(finds({ year: '2014' }, born('2015'))).toBe(false);
});

test('a postcode with or without its space, of any address that is not confidential', () => {
  const housed = person({ addresses: [{ postcode: 'LS1 4AP', kind: 'previous' }] });
  expect(finds({ postcode: 'ls14ap' }, housed)).toBe(true);
  expect(finds({ postcode: 'LS1 4AQ' }, housed)).toBe(false);
});

test.each([{ confidential: true }, { kind: 'refuge' }, { kind: 'placement' }])(
  'an address with %j gives no key, even if listed a second time openly',
  (hidden) => {
    const hiding = person({
      addresses: [{ postcode: 'LS1 4AP', ...hidden }, { postcode: 'ls14ap', kind: 'previous' }, { postcode: 'LS2 8AA' }],
    });
    expect(searchKeysOf(hiding)).toEqual(['c:M-1', 'p:LS28AA']);
  },
);

test('the case id is found in any case, and identifiers are keys of their own', () => {
  const known = person({
    recordId: 'ab/12',
    identifiers: [
      { type: 'nhs', value: '943 476 5919' },
      { type: 'upn', value: 'h801200001001' },
      { type: 'nhs', value: '123 wrong' },
      { type: 'cms', value: 'X9' },
    ],
  });
  expect(searchKeysOf(known)).toEqual(['c:AB/12', 'c:X9', 'i:cms:X9', 'i:nhs:123WRONG', 'i:nhs:9434765919', 'i:upn:H801200001001']);
  expect(finds({ caseId: ' AB/12 ' }, known)).toBe(true);
});

test('the keys of a plain record, as they stand in the index', () => {
  expect(searchKeysOf({ ...named('Smith', 'Tom'), dateOfBirth: { date: '2015-03-02' } })).toEqual([
    'c:M-1', 'd:2015-03-02', 'f:smith', 'fs:SM0', 'fs:XMT', 'g:tom', 'gn:thomas', 'gs:TM', 'y:2015',
  ]); // prettier-ignore
});
