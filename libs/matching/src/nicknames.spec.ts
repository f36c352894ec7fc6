import { expect, test } from '@jest/globals';
import { GIVEN_NAMES } from './given-names.js';
import { nicknames } from './nicknames.js';
import { normaliseName } from './normalise-name.js';

test.each([
  ['tom', 'thomas'],
  ['tommy', 'tom'],
  ['kate', 'katherine'],
  ['bill', 'william'],
  ['mo', 'muhammad'],
  ['mohammed', 'mohamed'],
  ['liam', 'william'],
  ['youssef', 'joseph'],
])('%s and %s are forms of one name, whichever is typed', (one, other) => {
  expect(nicknames(one)).toContain(other);
  expect(nicknames(other)).toContain(one);
});

test('a short form shared by two names does not make them one', () => {
  expect(nicknames('alex')).toEqual(expect.arrayContaining(['alexander', 'alexandra']));
  expect(nicknames('alexander')).not.toContain('alexandra');
});

test('an unknown name has no other forms', () => {
  expect(nicknames('xyzzy')).toEqual([]);
});

test('every form is written as names are compared, and every family is symmetric', () => {
  const all = [...new Set(GIVEN_NAMES.split(/[\s:]+/).filter(Boolean))];
  expect(all.flatMap(normaliseName)).toEqual(all);
  for (const word of all) for (const other of nicknames(word)) expect(nicknames(other)).toContain(word);
});
