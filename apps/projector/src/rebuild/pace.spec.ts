import { jest } from '@jest/globals';
import { Pace } from './pace.js';

const batch = (count: number, o: { stillOwned?: () => boolean } = {}) => ({
  messages: Array.from({ length: count }, (_, offset) => ({ offset, key: null, value: null, timestamp: 0 })),
  heartbeat: jest.fn(async () => undefined),
  stillOwned: o.stillOwned ?? (() => true),
});

describe('Slowing a build down', () => {
  it('lets so many events a second pass, over all partitions together', async () => {
    const pace = new Pace();
    pace.perSecond = 1_000;
    const from = performance.now();
    await Promise.all([batch(100), batch(100), batch(100)].map((one) => pace.turn(one)));
    expect(performance.now() - from).toBeGreaterThanOrEqual(195);
  });

  it('keeps the partition meanwhile, and waits no longer once it is lost', async () => {
    const pace = new Pace();
    pace.perSecond = 1;
    await pace.turn(batch(3_600));
    let looks = 0;
    const waiting = batch(1, { stillOwned: () => (looks += 1) < 2 });
    await pace.turn(waiting);
    expect(waiting.heartbeat).toHaveBeenCalledTimes(1);
  });

  it('waits for nothing where it is not told to', async () => {
    const pace = new Pace();
    const large = batch(1_000_000);
    for (let turn = 0; turn < 100; turn += 1) await pace.turn(large);
    expect(large.heartbeat).not.toHaveBeenCalled();
  });
});
