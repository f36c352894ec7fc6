import { doubt, storeJoined } from '../../../../test/support/doubted-people.js';
import { SAME, StewardsDesk, TOM, WEN } from '../../../../test/support/stewards-desk.js';

let desk: StewardsDesk;
beforeAll(async () => {
  desk = await StewardsDesk.open();
});
afterAll(() => desk?.close());

it('While the matcher’s database hangs, stewards are told so, and nobody else waits for them: people are shown, and doubts are raised', async () => {
  const { path } = await desk.waits();
  const { person, police } = await storeJoined(desk.app);
  for (const steward of [TOM, WEN]) await desk.read('/matches', steward);
  await desk.read(path);
  await desk.app.get(`/v1/people/${person}`);
  await desk.matcher.run('BEGIN; LOCK TABLE matcher.pair, matcher.ruling_request IN ACCESS EXCLUSIVE MODE');
  try {
    const answered: number[] = [];
    const stewards = [
      ...Array.from({ length: 12 }, () => desk.read(path)),
      ...Array.from({ length: 3 }, () => desk.decide(path, SAME, TOM)),
    ].map(async (got) => answered.push((await got).status));
    const others = Promise.all([desk.app.get(`/v1/people/${person}`), doubt(desk.app, person, police.subject)]);
    expect((await others).map(({ status }) => status)).toEqual([200, 303]);
    expect(answered).toEqual([]);
    await Promise.all(stewards);
    expect(new Set(answered)).toEqual(new Set([503]));
  } finally {
    await desk.matcher.run('ROLLBACK');
  }
  expect((await desk.decide(path, SAME, TOM)).status).toBe(303);
});
