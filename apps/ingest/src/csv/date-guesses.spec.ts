import { DateGuesses } from './date-guesses.js';

const guessesOf = (...dates: string[]) => {
  const guesses = new DateGuesses(['DOB', 'DOB']);
  for (const DOB of dates) guesses.look({ DOB });
  return guesses.unproved;
};

describe('What is guessed of dates', () => {
  it('is told where no date of the column proves that the day comes first', () => {
    expect(guessesOf('04/05/2014', '2014-05-14', '')).toEqual([{ column: 'DOB', dayFirst: 0, monthFirst: 0, either: 1 }]);
  });

  it('is not told where one proves it, or none needs a guess', () => {
    expect(guessesOf('04/05/2014', '31/05/2014')).toEqual([]);
    expect(guessesOf('14-May-2014', '2014-05-04')).toEqual([]);
  });

  it('is told where a date speaks against it, whatever the others say', () => {
    expect(guessesOf('31/05/2014', '05/31/2014')).toEqual([{ column: 'DOB', dayFirst: 1, monthFirst: 1, either: 0 }]);
  });
});
