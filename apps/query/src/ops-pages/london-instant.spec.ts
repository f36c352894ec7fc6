import { londonInstant } from './london-instant.js';

test.each([
  ['2026-11-25', '14:05', '2026-11-25T14:05:00Z'],
  ['2026-07-25', '14:05', '2026-07-25T13:05:00Z'],
  ['2026-07-25', '00:30', '2026-07-24T23:30:00Z'],
  // The hour that comes twice: the first of them.
  ['2026-10-25', '01:30', '2026-10-25T00:30:00Z'],
])('%s at %s in London is an instant', (day, time, instant) => {
  expect(londonInstant(day, time)).toBe(Date.parse(instant));
});

test.each([
  ['2026-02-30', '10:00'],
  ['2026-13-01', '10:00'],
  ['2026-11-25', '24:05'],
  ['2026-3-29', '10:00'],
  // The clocks skip it.
  ['2026-03-29', '01:30'],
])('%s at %s never is', (day, time) => {
  expect(londonInstant(day, time)).toBeNull();
});
