import { Rate } from './rate.js';

describe('The rate of a build', () => {
  it('is that of the last ten seconds', () => {
    const rate = new Rate();
    expect(rate.of(0, 0)).toBe(0);
    expect(rate.of(1_000, 1_000)).toBe(1_000);
    for (let second = 2; second <= 20; second += 1) rate.of(1_000 + second * 100, second * 1_000);
    expect(rate.of(3_100, 21_000)).toBeCloseTo(100);
  });

  it('is never below zero, even where a checkpoint went back', () => {
    const rate = new Rate();
    rate.of(5_000, 0);
    expect(rate.of(4_000, 500)).toBe(0);
  });
});
