import { londonDay } from './tally.js';

describe('The day something is counted under', () => {
  it.each([
    ['2026-01-05T23:59:59Z', '2026-01-05'],
    ['2026-06-05T22:59:59Z', '2026-06-05'],
    ['2026-06-05T23:00:00Z', '2026-06-06'],
    ['2026-10-25T00:30:00Z', '2026-10-25'],
    ['2026-10-24T23:00:00Z', '2026-10-25'],
    ['2026-03-29T00:59:00Z', '2026-03-29'],
  ])('is that of London: %s is %s', (instant, day) => {
    expect(londonDay(Date.parse(instant))).toBe(day);
  });
});
