import { expect, test } from '@jest/globals';
import { insertedBefore, mismatchOf } from './mismatch.js';
import { wrongWith } from './wrong-with.js';

const edited = mismatchOf({ index: 3, through: 5, kind: 'edit', says: 'not what was sealed: reader' });
const unsigned = mismatchOf({ index: null, kind: 'fork', says: 'nothing is signed' });
const found = [unsigned, edited, insertedBefore(8, 'the-forged')];
const at = (index: number | null, id = 'any') => wrongWith(found, { id, index });

test('what was found is said of the entries that it concerns, and of no other', () => {
  expect([2, 3, 5, 6].map((index) => at(index))).toEqual([null, edited.says, edited.says, null]);
  expect(at(0)).toBeNull();
});

test('of an entry that was put in it is said, and not of the sealed one behind it', () => {
  expect([at(null, 'the-forged'), at(null, 'waits-to-be-sealed'), at(8)]).toEqual([
    'it was put in among entries that were sealed',
    null,
    null,
  ]);
});
