import { untilNext } from './watching.js';

describe('The next look', () => {
  it.each([
    ['half a minute after a full one', 120_000, 30_000],
    ['just before its time', 149_999, 1],
    ['at its time, a minute later', 150_000, 60_000],
    ['after a look that took seconds, on time again', 155_000, 55_000],
  ])('is %s', (_, now, wait) => {
    expect(untilNext(now, 60_000)).toBe(wait);
  });
});
