import fc from 'fast-check';
import { countWaiting, twoFigures } from './count-waiting.js';
import type { OrderedPair } from './order-pairs.js';

describe('How many wait', () => {
  const told = async (seen: readonly boolean[]) => {
    const pairs = seen.map((_, since): OrderedPair => ({ one: '', other: '', harm: 'other', sources: ['', ''], since }));
    const [counted] = await countWaiting(pairs, (some) => Promise.resolve(some.filter(({ since }) => seen[since])));
    return counted ?? { pairs: 0, about: false };
  };

  it('is told to the pair up to a hundred and as an estimate above, whatever waits beside them that nobody may see', async () => {
    const seen = fc.integer({ min: 0, max: 130 });
    const hidden = fc.array(fc.nat(130), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(seen, hidden, async (number, places) => {
        const waiting = Array.from({ length: number }, () => true);
        for (const place of places) waiting.splice(place, 0, false);
        const { pairs, about } = await told(waiting);
        expect(about).toBe(number > 100);
        if (!about) expect(pairs).toBe(number);
      }),
    );
  });

  it('is not told to be about a hundred for the one pair more that nobody may see', async () => {
    const all = Array.from({ length: 100 }, () => true);
    expect([await told(all), await told([...all, false])]).toMatchObject([1, 2].map(() => ({ pairs: 100, about: false })));
  });
});

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
