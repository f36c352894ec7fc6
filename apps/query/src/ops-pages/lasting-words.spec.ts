import { counted, lastingWords } from './lasting-words.js';

test.each([
  [0, '0 seconds'],
  [340, '0.3 seconds'],
  [1_000, '1 second'],
  [45_000, '45 seconds'],
  [89_000, '89 seconds'],
  [12 * 60_000, '12 minutes'],
  [90 * 60_000, '2 hours'],
  [35 * 3_600_000, '35 hours'],
  [72 * 3_600_000, '3 days'],
  [-5_000, '0 seconds'],
])('%i milliseconds are told as "%s"', (ms, words) => {
  expect(lastingWords(ms)).toBe(words);
});

test('one is not several', () => {
  expect([counted(1, 'event'), counted(0, 'event'), counted(12_345, 'event')]).toEqual(['1 event', '0 events', '12,345 events']);
});
