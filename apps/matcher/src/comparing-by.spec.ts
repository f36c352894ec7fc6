import { expect, jest, test } from '@jest/globals';
import { DEFAULT_MODEL } from '#lib/matching';
import { ComparingBy } from './comparing-by.js';
import { matchingBy } from './model.js';

const LIVE = matchingBy(DEFAULT_MODEL, new Set());
const other = (name: string) => JSON.stringify({ ...DEFAULT_MODEL, model_version: name });
const comparingBy = () => new ComparingBy(LIVE, () => () => Promise.resolve({ comparables: new Map(), erased: [] }));

test('the settings of a proposed model are read once, however many steps it takes to work it out', () => {
  const comparing = comparingBy();
  const settings = other('strict-1');
  const read = jest.spyOn(JSON, 'parse');
  const first = comparing.with(settings);
  expect(comparing.with(settings)).toBe(first);
  expect(read).toHaveBeenCalledTimes(1);
  read.mockRestore();
});

test('each model has records opened for itself, and is at hand by its version', () => {
  const comparing = comparingBy();
  const [one, two] = [comparing.with(other('one')), comparing.with(other('two'))];
  expect([comparing.of(one.model.version), comparing.of(two.model.version)]).toEqual([one, two]);
  expect(one.open).not.toBe(two.open);
  expect(comparing.of(LIVE.model.version).model).toBe(LIVE.model);
  expect(() => comparing.of('never heard of')).toThrow('never heard of');
});
