import { Period, periodWords } from './kept-for.js';

test.each([
  ['P6Y', '6 years'],
  ['P1Y', '1 year'],
  ['P18M', '18 months'],
  ['P1M', '1 month'],
])('a period is said in words: %s', (period, words) => {
  expect(periodWords(Period.parse(period))).toBe(words);
});

test.each(['P0Y', '6 years', 'P6', 'P1Y6M', 'P90D', 'PT6M', ''])('what is no whole years or months is refused: %j', (period) => {
  expect(Period.safeParse(period).success).toBe(false);
});
