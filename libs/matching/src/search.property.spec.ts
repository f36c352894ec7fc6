import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { normaliseName } from './normalise-name.js';
import type { SearchablePerson } from './searchable-person.js';
import { searchKeysOf } from './search-keys.js';
import { searchTermsOf } from './search-terms.js';
import { soundsOf } from './sounds.js';

const REAL = [
  'O’Connor',
  'Smith-Jones',
  'van der Berg',
  'Núñez',
  'Łukasz',
  '王小明',
  'Алексей',
  'محمد',
  'ราม',
  'राम',
  'Ngũgĩ',
  'Zoë',
  'D’Souza',
  'de la Cruz',
];
const name = fc.oneof(
  fc.constantFrom(...REAL),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
);
const names = fc.record({
  family: fc.option(name),
  given: fc.array(name, { maxLength: 4 }),
  kind: fc.constantFrom('current', 'former', 'alias'),
});
const postcode = fc.constantFrom('LS1 4AP', 'ls14ap', 'LS2 8AA', 'M1 1AE', 'EC1A 1BB');
const address = fc.record({
  postcode: fc.option(postcode),
  kind: fc.constantFrom('home', 'previous', 'refuge'),
  confidential: fc.boolean(),
});
const person: fc.Arbitrary<SearchablePerson> = fc.record({
  recordId: fc.string({ minLength: 1 }),
  names: fc.array(names, { minLength: 1, maxLength: 4 }),
  dateOfBirth: fc.option(fc.record({ date: fc.constantFrom('2015-03-02', '2015-03', '2015') })),
  addresses: fc.array(address, { maxLength: 4 }),
  identifiers: fc.array(fc.record({ type: fc.constantFrom('nhs', 'upn', 'cms'), value: fc.string() }), { maxLength: 3 }),
});

test('a person is found by every one of their names exactly as recorded, in any script', () => {
  fc.assert(
    fc.property(person, (wanted) => {
      const keys = new Set(searchKeysOf(wanted));
      for (const { family, given } of wanted.names)
        for (const givenName of ['', ...given, given.join(' ')]) {
          const { all } = searchTermsOf({ familyName: family ?? '', givenName });
          expect(all.every((group) => group.some((key) => keys.has(key)))).toBe(true);
          expect(all.length > 0).toBe(normaliseName(family ?? '').length + normaliseName(givenName).length > 0);
        }
    }),
    { numRuns: 300 },
  );
});

test('a name typed in capitals, decomposed, without its accents or with other apostrophes still finds its person', () => {
  const written = (typed: string) => [
    typed.toUpperCase(),
    typed.normalize('NFD'),
    typed.normalize('NFD').replace(/[\u0300-\u036f]/g, ''),
    typed.replace(/’/g, "'"),
    typed.replace(/[’-]/g, ''),
    typed.replace(/[’-]/g, ' '),
  ];
  for (const family of REAL) {
    const keys = new Set(searchKeysOf({ recordId: '1', names: [{ family, given: ['Ann'] }], addresses: [], identifiers: [] }));
    for (const familyName of written(family)) {
      const found = searchTermsOf({ familyName }).all.every((group) => group.some((key) => keys.has(key)));
      expect([familyName, found]).toEqual([familyName, true]);
    }
  }
});

test('keys are sorted and unique, and the order of names, addresses and identifiers does not matter', () => {
  fc.assert(
    fc.property(person, (wanted) => {
      const keys = searchKeysOf(wanted);
      expect(keys).toEqual([...new Set(keys)].sort());
      const turned = {
        names: wanted.names.toReversed(),
        addresses: wanted.addresses.toReversed(),
        identifiers: wanted.identifiers.toReversed(),
      };
      expect(searchKeysOf({ ...wanted, ...turned })).toEqual(keys);
    }),
  );
});

test('no key derives from a confidential address: taking its postcode away changes nothing', () => {
  fc.assert(
    fc.property(person, (wanted) => {
      const hidden = wanted.addresses.filter(({ confidential, kind }) => confidential || kind === 'refuge');
      const without = wanted.addresses.filter((one) => !hidden.includes(one));
      const keys = searchKeysOf(wanted);
      for (const { postcode } of hidden) expect(keys).not.toContain(`p:${postcode?.replace(' ', '').toUpperCase()}`);
      const shared = new Set(hidden.map(({ postcode }) => postcode?.replace(' ', '').toUpperCase()));
      const open = without.filter(({ postcode }) => !shared.has(postcode?.replace(' ', '').toUpperCase()));
      expect(keys).toEqual(searchKeysOf({ ...wanted, addresses: open }));
    }),
  );
});

test('no key is longer than an index entry may be', () => {
  fc.assert(
    fc.property(person, (wanted) => {
      expect(searchKeysOf(wanted).every((key) => Buffer.byteLength(key) < 2000)).toBe(true);
    }),
  );
});

test('a sound is made of capitals and the digit for th, and any word has at most two', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (word) => {
      const sounds = normaliseName(word).map(soundsOf);
      for (const codes of sounds) expect(codes.length <= 2 && codes.every((code) => /^[A-Z0]+$/.test(code))).toBe(true);
    }),
  );
});
