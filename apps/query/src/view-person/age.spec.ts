import { ageOn, ageRangeOf, ageWords } from './age.js';

const born = (date: string, precision: 'day' | 'month' | 'year' | 'expected' = 'day') => ({ date, precision });

describe('A person’s age', () => {
  it.each([
    ['2012-05-12', '2026-05-11', 13],
    ['2012-05-12', '2026-05-12', 14],
    ['2008-02-29', '2026-02-28', 17],
    ['2008-02-29', '2026-03-01', 18],
    ['2008-02-29', '2028-02-29', 20],
    ['2026-12-01', '2026-11-23', -1],
  ])('born %s is on %s aged %i', (date, day, age) => {
    expect(ageOn(date, day)).toBe(age);
  });

  it.each([
    [born('2012-05-12'), '14 yrs'],
    [born('2025-11-23'), '12 months'],
    [born('2026-04-24'), '6 months'],
    [born('2026-10-23'), '1 month'],
    [born('2026-11-01'), 'under 1 month'],
    [born('2024-11-23'), '2 yrs'],
    [born('2012', 'year'), '13 or 14 yrs'],
    [born('2012-11', 'month'), '13 or 14 yrs'],
    [born('2012-05', 'month'), '14 yrs'],
    [born('2026', 'year'), 'under 1 yr'],
    [born('2026-10', 'month'), 'under 1 yr'],
    [born('2026-03', 'month'), 'under 1 yr'],
    [born('2025-11', 'month'), 'under 2 yrs'],
    [born('2025', 'year'), 'under 2 yrs'],
    [born('2027-02-03', 'expected'), 'unborn'],
    [born('2026-11-01', 'expected'), 'expected date has passed'],
    [born('2027-02-03'), 'unborn'],
  ])('%j reads "%s" on 23 November 2026', (birth, words) => {
    expect(ageWords(birth, '2026-11-23')).toBe(words);
  });

  it('is a range where the date is not whole, and may still be unborn where a birth was expected', () => {
    expect(ageRangeOf(born('2010', 'year'), '2026-11-23')).toEqual({ youngest: 15, oldest: 16 });
    expect(ageRangeOf(born('2026-11-01', 'expected'), '2026-11-23')).toEqual({ youngest: -1, oldest: 0 });
    expect(ageRangeOf({ ...born('2010-03-04', 'day'), estimated: true }, '2026-11-23')).toEqual({ youngest: 15, oldest: 16 });
    expect(ageRangeOf({ ...born('2027-03-04', 'expected'), estimated: true }, '2026-11-23')).toEqual({ youngest: -1, oldest: -1 });
  });
});
