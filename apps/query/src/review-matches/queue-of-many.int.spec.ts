import { textOf } from '../../../../test/support/pages.js';
import { StewardsDesk } from '../../../../test/support/stewards-desk.js';

let desk: StewardsDesk;
beforeAll(async () => {
  desk = await StewardsDesk.open();
});
afterAll(() => desk?.close());

it('Pairs that nobody may see, however many and old, keep no steward from those behind them', async () => {
  const restricted = { source: 'niche', restriction: 'restricted' as const };
  for (let n = 0; n < 510; n += 10) await Promise.all(Array.from({ length: 10 }, (_, at) => desk.waits(restricted, {}, 1_000 + n + at)));
  const { path } = await desk.waits({}, {}, 1);
  expect(await desk.queued()).toEqual([path]);
  expect(textOf((await desk.read('/matches')).text)).toMatch(/(?<!More than )1 pair waits for stewards/);
});
