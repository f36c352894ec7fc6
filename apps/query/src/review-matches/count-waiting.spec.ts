import fc from 'fast-check';
import { twoFigures } from './count-waiting.js';

describe('A number to two figures', () => {
  it.each([
    [0, 0],
    [7, 7],
    [99, 99],
    [104, 100],
    [1_234, 1_200],
    [19_980, 20_000],
  ])('%p is told as %p', (number, told) => {
    expect(twoFigures(number)).toBe(told);
  });

  it('is within a twentieth of what it stands for', () => {
    fc.assert(fc.property(fc.nat(1_000_000), (number) => Math.abs(twoFigures(number) - number) <= number / 20));
  });
});
