import fc from 'fast-check';
import { loadAuthority } from '../authority.js';
import type { KnownPerson } from '../view-person/known-person.js';
import type { StoredRecord } from '../view-person/stored-record.js';
import { possibleDuplicates } from './possible-duplicates.js';

const AUTHORITY = loadAuthority('deploy/authority/northbridge.json');
const record = (some: Partial<StoredRecord>): StoredRecord => ({
  subject: 's',
  person: null,
  source: 'mosaic',
  recordId: '1',
  described: true,
  present: true,
  restricted: false,
  knownToReader: false,
  caresInHiding: false,
  replacedBy: null,
  keptApart: [],
  doubts: [],
  replacedAt: [-1, 0],
  names: [{ family: 'Williams', given: ['Tommy'], kind: 'current' }],
  birth: { date: '2012-05-12', precision: 'day' },
  gender: null,
  addresses: [],
  identifiers: [],
  deceasedOn: null,
  flags: [],
  statedAt: 0,
  ...some,
});
const person = (id: string, some: Partial<StoredRecord> = {}): KnownPerson => ({
  person: id,
  records: [record({ recordId: id, ...some })],
  ofOtherAges: [],
  silent: [],
  doubted: [],
  doubts: [],
  ownDoubts: [],
  subjects: [],
  withheld: [],
  removed: [],
  restricted: false,
  knownToReader: false,
});
const duplicateOf = (one: Partial<StoredRecord>, other: Partial<StoredRecord>) =>
  possibleDuplicates([person('a', one), person('b', other)], AUTHORITY).get('b');
const nhs = (value: string) => [{ type: 'nhs', value }];

test.each<[string, Partial<StoredRecord>, boolean]>([
  ['with the same name and date of birth', {}, true],
  ['with the same name, written another way', { names: [{ family: 'WILLIAMS', given: ['Tómmy'], kind: 'current' }] }, true],
  ['born on another day', { birth: { date: '2012-05-13', precision: 'day' } }, false],
  ['of whom only the same year of birth is known', { birth: { date: '2012', precision: 'year' } }, true],
  ['of whom only another year of birth is known', { birth: { date: '2013', precision: 'year' } }, false],
  ['born on the same day with another name, as twins are', { names: [{ family: 'Williams', given: ['Ella'], kind: 'current' }] }, false],
])('somebody %s: %j', (_, other, may) => {
  expect(duplicateOf({}, other)).toEqual(may ? ['a'] : []);
});

test('an NHS number in common is enough, a wrong one is not', () => {
  const another = { names: [], birth: null };
  expect(duplicateOf({ identifiers: nhs('9990000018') }, { ...another, identifiers: nhs('999 000 0018') })).toEqual(['a']);
  expect(duplicateOf({ identifiers: nhs('1234567890') }, { ...another, identifiers: nhs('1234567890') })).toEqual([]);
});

test.each([
  ['nhs', '9990000018', [' ', '-', '']],
  ['upn', 'H801200001001', [' ', '-', '']],
  ['cms', 'MO249012', [' ', '']],
])('born on other days, a number in common is enough, however it is written: %s', (type, value, between) => {
  const written = fc
    .array(fc.tuple(fc.constantFrom(...between), fc.boolean()), { minLength: value.length, maxLength: value.length })
    .map((parts) => parts.map(([gap, small], at) => gap + (small ? value[at]!.toLowerCase() : value[at]!)).join(''));
  const numbered = (number: string) => ({ identifiers: [{ type, value: number }] });
  fc.assert(
    fc.property(written, written, (one, other) => {
      const another = { names: [], birth: { date: '1980-03-04', precision: 'day' as const } };
      expect(duplicateOf(numbered(one), { ...another, ...numbered(other) })).toEqual(['a']);
    }),
  );
});

test('one’s own case ID is met by what another source calls so', () => {
  const of = { source: 'cis', names: [], birth: { date: '1980-03-04', precision: 'day' as const } };
  expect(duplicateOf({ recordId: 'MO249012' }, { ...of, identifiers: [{ type: 'cms', value: 'mo249012' }] })).toEqual(['a']);
});

test('who is listed first is nobody’s duplicate', () => {
  expect(possibleDuplicates([person('a'), person('b')], AUTHORITY).get('a')).toEqual([]);
});
