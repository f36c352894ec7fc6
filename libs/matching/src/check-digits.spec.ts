import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { validNhsNumber } from './nhs-number.js';
import { normalisePostcode } from './postcode.js';
import { validUpn } from './upn.js';

test.each(['943 476 5919', '943-476-5919', '9434765919', '401 023 2137'])('%s is a valid NHS number however it is spaced', (written) => {
  expect(validNhsNumber(written)).toBe(written.replace(/\D/g, ''));
});

test.each(['943 476 5918', '943 476 591', '94347659190', '9434765910', 'abc', '', '0000000000', '1111111111'])(
  '%s is no NHS number',
  (written) => {
    expect(validNhsNumber(written)).toBeNull();
  },
);

test('every single wrong digit and every swap of two unlike neighbours makes an NHS number invalid', () => {
  const number = '9434765919';
  for (let place = 0; place < 10; place += 1)
    for (const digit of '0123456789') {
      const wrong = number.slice(0, place) + digit + number.slice(place + 1);
      if (wrong !== number) expect(validNhsNumber(wrong)).toBeNull();
    }
  for (let place = 0; place < 9; place += 1) {
    const swapped = number.slice(0, place) + number[place + 1] + number[place] + number.slice(place + 2);
    if (swapped !== number) expect(validNhsNumber(swapped)).toBeNull();
  }
});

test('nine digits have at most one check digit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999 }), (nine) => {
      const start = String(nine).padStart(9, '0');
      const valid = '0123456789'.split('').filter((digit) => validNhsNumber(start + digit) !== null);
      expect(valid.length).toBeLessThanOrEqual(1);
    }),
  );
});

test.each(['H801200001001', 'h801200001001', ' H 801 2000 01001 '])('%s is a valid unique pupil number', (written) => {
  expect(validUpn(written)).toBe('H801200001001');
});

test('a temporary pupil number ends in a letter, which counts towards the check letter', () => {
  const valid = 'ABCDEFGHJKLMNPQRTUVWXYZ'.split('').filter((letter) => validUpn(`${letter}80120000100A`) !== null);
  expect(valid).toEqual(['U']);
});

test.each(['A801200001001', 'H80120000100', 'H8012000010011', 'I801200001001', 'H80120000100S', ''])(
  '%s is no unique pupil number',
  (written) => {
    expect(validUpn(written)).toBeNull();
  },
);

test.each([
  ['ls1 4ap', 'LS14AP'],
  [' LS1  4AP ', 'LS14AP'],
  ['LS1-4AP', 'LS14AP'],
  [' * ', ''],
])('the postcode %s is compared as %s', (written, compared) => {
  expect(normalisePostcode(written)).toBe(compared);
});
