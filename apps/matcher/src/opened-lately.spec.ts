import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { comparableOf } from '#lib/matching';
import { OpenedLately } from './opened-lately.js';

const maya = comparableOf({ subject: 'maya', names: [{ family: 'Brennan', given: ['Maya'] }], addresses: [], identifiers: [] });

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test('a record stays open for its time, and only as it was', () => {
  const opened = new OpenedLately(5_000);
  opened.add('maya', 'as it was', maya);
  jest.advanceTimersByTime(4_999);
  expect(opened.get('maya', 'as it was')).toBe(maya);
  expect(opened.get('maya', 'as it is')).toBeUndefined();
  opened.add('maya', 'as it was', maya);
  jest.advanceTimersByTime(5_000);
  expect(opened.get('maya', 'as it was')).toBeUndefined();
});

test('a record that nobody asks for again is not kept open: it may be erased since', () => {
  const opened = new OpenedLately(5_000);
  opened.add('maya', 'as it was', maya);
  jest.advanceTimersByTime(2_500);
  opened.add('noor', 'as it was', maya);
  jest.advanceTimersByTime(3_500);
  expect(opened.size).toBe(1);
  jest.advanceTimersByTime(2_500);
  expect(opened.size).toBe(0);
  expect(jest.getTimerCount()).toBe(0);
});
