import { expect, test } from '@jest/globals';
import { loadAuthority } from './authority.js';
import { caseIdTyped } from './case-id-typed.js';

const authority = loadAuthority('deploy/authority/northbridge.json');

test.each([
  ['Mosaic 249012', '249012'],
  [' mosaic:249012', '249012'],
  ['MOSAIC case ID 249 012', '249 012'],
  ['Mosaic ID: M-FIRST', 'M-FIRST'],
  ['249012', '249012'],
  ['Mosaic', 'Mosaic'],
  ['Mosaics 249012', 'Mosaics 249012'],
  ['Synergy 249012', 'Synergy 249012'],
])('what is typed as %p is the case ID %p', (typed, caseId) => {
  expect(caseIdTyped(typed, authority)).toBe(caseId);
});
