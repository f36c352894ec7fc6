import { textOf } from '../../../../test/support/pages.js';
import { DIFFERENT, GRACE, StewardsDesk, TOM, WEN } from '../../../../test/support/stewards-desk.js';

let desk: StewardsDesk;
beforeAll(async () => {
  desk = await StewardsDesk.open();
});
afterAll(() => desk?.close());

/** Two that are decided to be two people, by two stewards: one is the police's. */
const decided = async () => {
  const pair = await desk.waits({ source: 'niche' });
  for (const reader of [GRACE, TOM]) await desk.decide(pair.path, DIFFERENT, reader);
  await desk.matcher.takesUp(pair.one);
  return pair;
};
const takesBack = (path: string, reader?: string) => desk.send(`${path}/taken-back`, { step: 'take-back' }, reader);
const rulings = async (pair: { one: string }) => (await desk.askedOf(pair)).map(({ ruling }) => ruling);
const pageOf = async (path: string, reader?: string) => textOf((await desk.read(path, reader)).text);

describe('Taking back what took two stewards', () => {
  it('takes two: the first waits, and the page and the list say so', async () => {
    const { path, ...pair } = await decided();
    const got = await takesBack(path);
    expect([got.status, got.headers.get('location'), await rulings(pair)]).toEqual([303, path, ['apart']]);
    const page = await pageOf(path);
    expect(page).toContain('Decided: they are two people. You have asked to take it back: that waits for another steward');
    expect(page).not.toContain('Take the decision back');
    expect(await pageOf('/matches')).toContain('that it is taken back waits for another steward');
    expect((await takesBack(path)).status).toBe(404);
    expect(await rulings(pair)).toEqual(['apart']);
    expect(await pageOf(path, TOM)).toContain('Another steward asks to take it back.');
    expect((await takesBack(path, TOM)).status).toBe(303);
    expect(await rulings(pair)).toEqual(['apart', 'none']);
  });

  it('may be another than who decided it, who is not asked for an answer then or later', async () => {
    const { path, ...pair } = await decided();
    expect([(await takesBack(path, WEN)).status, await desk.besideNobody(path, WEN)]).toEqual([404, [404, true]]);
    await takesBack(path);
    expect(await desk.queued(WEN)).toContain(path);
    const page = await pageOf(path, WEN);
    expect(page).toContain('Two records that were decided');
    expect([page.includes('Your answer'), page.includes('Take the decision back')]).toEqual([false, true]);
    expect((await desk.decide(path, DIFFERENT, WEN)).status).toBe(404);
    const got = await takesBack(path, WEN);
    expect([got.status, got.headers.get('location'), await rulings(pair)]).toEqual([303, '/matches', ['apart', 'none']]);
    await desk.matcher.takesUp(pair.one);
    expect([await desk.queued(WEN), await desk.besideNobody(path, WEN)]).toEqual([expect.not.arrayContaining([path]), [404, true]]);
  });

  it('is asked of no steward who knows one of them, and of nobody about whoever is restricted', async () => {
    const { path, records } = await decided();
    await takesBack(path);
    await desk.app.people.pool.query('INSERT INTO decided.declaration (declaration, reader, subject) VALUES (gen_random_uuid(), $1, $2)', [
      WEN,
      records[0].subject,
    ]);
    expect([await desk.queued(WEN), await desk.besideNobody(path, WEN)]).toEqual([expect.not.arrayContaining([path]), [404, true]]);
    await desk.app.people.restrictByHand(records[1].subject);
    expect([await desk.queued(TOM), await desk.besideNobody(path, TOM)]).toEqual([expect.not.arrayContaining([path]), [404, true]]);
    expect((await takesBack(path, TOM)).status).toBe(404);
  });
});
