import { expect, test } from '@jest/globals';
import { keepIds } from './keep-ids.js';
import { personIdOf } from './person-id.js';

const [a, b, c] = [personIdOf('a'), personIdOf('b'), personIdOf('c')];
const held = (people: Record<string, string>) => new Map(Object.entries(people));

test('a new person gets the id of their first record, the same on every machine', () => {
  expect(keepIds([['a', 'b'], ['c']], held({}), 1)).toEqual([a, c]);
  expect(personIdOf('00000000-0000-0000-0000-000000000001')).toBe('8400dae7-c499-d266-ac88-726f1ccc0f44');
});

test('a person keeps the id when a record joins that comes first in order', () => {
  expect(keepIds([['a', 'b']], held({ b }), 1)).toEqual([b]);
});

test('when two people become one, the id of the larger stays', () => {
  expect(keepIds([['a', 'b', 'c']], held({ a, b, c: b }), 1)).toEqual([b]);
});

test('when two people of one record each become one, the id that comes first stays, whoever is named first', () => {
  const first = [a, b].sort()[0];
  expect(keepIds([['a', 'b']], held({ a, b }), 1)).toEqual([first]);
  expect(keepIds([['a', 'b']], held({ b, a }), 1)).toEqual([first]);
});

test('when a person is split, the larger part keeps the id, and of equal parts the one with the record it was made from', () => {
  expect(keepIds([['a'], ['b', 'c']], held({ a, b: a, c: a }), 1)).toEqual([personIdOf('a', 1), a]);
  expect(keepIds([['a'], ['b']], held({ a, b: a }), 1)).toEqual([a, b]);
});

test('an id is never given to two people', () => {
  const ids = keepIds([['a'], ['b'], ['c']], held({ a: b, b: c, c: a }), 7);
  expect(new Set(ids).size).toBe(3);
});

test('joining and parting again gives both people their ids back', () => {
  const joined = keepIds([['a', 'b']], held({ a, b }), 1)[0]!;
  expect(keepIds([['a'], ['b']], held({ a: joined, b: joined }), 2)).toEqual([a, b]);
});
