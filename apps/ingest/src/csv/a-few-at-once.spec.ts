import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { aFewAtOnce } from './a-few-at-once.js';

async function* upTo(count: number) {
  for (let n = 0; n < count; n += 1) {
    await Promise.resolve();
    yield n;
  }
}

describe('Batches of a file', () => {
  it('are each worked on once, and never more at once than a few', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(30), fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(3)), async (count, atOnce, delays) => {
        const done: number[] = [];
        let [now, most] = [0, 0];
        await aFewAtOnce(upTo(count), atOnce, async (n) => {
          most = Math.max(most, (now += 1));
          await pause(delays[n] ?? 0);
          now -= 1;
          done.push(n);
        });
        expect(done.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, n) => n));
        expect(most).toBeLessThanOrEqual(atOnce);
      }),
      { numRuns: 30 },
    );
  });

  it('of which one fails are given up with its error, once those under way have ended, and no more is read', async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    const work = async (n: number) => {
      begun.push(n);
      await pause(n === 1 ? 1 : 20);
      if (n === 1) throw new Error('the broker is away');
      ended.push(n);
    };
    await expect(aFewAtOnce(upTo(50), 3, work)).rejects.toThrow('the broker is away');
    expect(ended).toEqual(begun.filter((n) => n !== 1));
    expect(begun.length).toBeLessThan(6);
  });

  it('that can’t be read any further end with that error, once those under way have ended', async () => {
    let ended = 0;
    async function* broken() {
      yield 1;
      await Promise.resolve();
      throw new Error('no CSV');
    }
    await expect(aFewAtOnce(broken(), 3, () => pause(10).then(() => void (ended += 1)))).rejects.toThrow('no CSV');
    expect(ended).toBe(1);
  });
});
