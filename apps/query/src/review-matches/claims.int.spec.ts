import { claim, storeApart, withdrawClaim } from '../../../../test/support/claimed-people.js';
import { textOf } from '../../../../test/support/pages.js';
import { born, type StoredRecordOptions } from '../../../../test/support/stored-people.js';
import { DIFFERENT, GRACE, SAME, StewardsDesk, TOM, WEN } from '../../../../test/support/stewards-desk.js';

let desk: StewardsDesk;
beforeAll(async () => {
  desk = await StewardsDesk.open();
});
afterAll(() => desk?.close());

const claimed = async (o: { words?: string; other?: StoredRecordOptions } = {}) => {
  const two = await storeApart(desk.app, o.other);
  expect((await claim(desk.app, two.known.person, two.school.person, o.words ? { words: o.words } : {})).status).toBe(303);
  return two;
};
const settledAs = async ({ pair }: { pair: { one: string; other: string } }) =>
  (
    await desk.app.people.pool.query<{ settled_as: string | null }>('SELECT settled_as FROM decided.claim WHERE one = $1 AND other = $2', [
      pair.one,
      pair.other,
    ])
  ).rows.map((row) => row.settled_as);
/** What the reader is told on the page about the two. */
const toldOf = async ({ known, school }: Awaited<ReturnType<typeof claimed>>) =>
  textOf((await desk.app.get(`/people/${known.person}/same/${school.person}`)).text);

describe('A pair that a reader says is of one person', () => {
  it('opens for stewards although the matcher has no such pair, with what the reader said, how alike they are, and not who it was', async () => {
    const two = await storeApart(desk.app);
    expect(await desk.besideNobody(two.path)).toEqual([404, true]);
    await claim(desk.app, two.known.person, two.school.person, { words: 'Zenobia is her second name' });
    expect(await desk.queued()).toContain(two.path);
    const got = await desk.read(two.path);
    const page = textOf(got.text);
    for (const words of [
      'They are shown as two people, and a reader has said that they are one.',
      'Their reason: “They have changed their name, or go by another.” They wrote: “Zenobia is her second name”',
      'Different given names in what may be one family.',
      'These records are not enough alike to be one person.',
    ])
      expect(page).toContain(words);
    expect(page).not.toMatch(/amara|okafor/i);
    expect((await desk.app.auditOf(got)).map(({ action, person }) => [action, person])).toEqual(
      expect.arrayContaining([two.known, two.school].map(({ person }) => ['reviewed-match', person])),
    );
  });

  it('is told with what the two are shown as said once, to a steward who has opened them by their IDs too', async () => {
    const two = await claimed();
    const ids = { firstSource: 'mosaic', firstId: two.known.recordId, secondSource: 'liquidlogic', secondId: two.school.recordId };
    expect((await desk.send('/matches/opened', { ...ids, because: 'worker-asked' })).status).toBe(303);
    await claim(desk.app, two.known.person, two.school.person, {}, 'priya.nair');
    const page = textOf((await desk.read(two.path)).text);
    expect([page.match(/shown as two people/g), page.includes('A reader has said that they are one.')]).toEqual([
      ['shown as two people'],
      true,
    ]);
  });

  it('is a kind of its own, counted, which comes before pairs of all kinds that no reader has spoken of', async () => {
    const two = await claimed();
    const others = [await desk.waits({ source: 'niche' }, {}, 900), await desk.waits({ dateOfBirth: born('2019-05-12') }, {}, 900)];
    const listed = await desk.queued();
    for (const { path } of others) expect(listed.indexOf(two.path)).toBeLessThan(listed.indexOf(path));
    const ofKind = await desk.queued(TOM, '?harm=claimed');
    expect([ofKind.includes(two.path), others.some(({ path }) => ofKind.includes(path))]).toEqual([true, false]);
    const page = textOf((await desk.read('/matches')).text).replaceAll(' :', ':');
    expect(page).toContain(`A reader says that they are one: ${listed.length - others.length}`);
  });

  it('stands in the queue once where the matcher leaves it to stewards too, and as what a reader said', async () => {
    const both = await storeApart(desk.app);
    await desk.matcher.waits(both.known, both.school);
    await claim(desk.app, both.known.person, both.school.person);
    expect((await desk.queued()).filter((path) => path === both.path)).toEqual([both.path]);
    expect(await desk.queued(TOM, '?harm=claimed')).toContain(both.path);
  });

  it('decided as one person is asked of the matcher, and the reader is told', async () => {
    const two = await claimed();
    expect(await toldOf(two)).toContain('It waits for a data steward.');
    await desk.decide(two.path, SAME);
    expect((await desk.askedOf(two.pair)).map(({ ruling }) => ruling)).toEqual(['together']);
    expect([await settledAs(two), await desk.queued(TOM)]).toEqual([['same'], expect.not.arrayContaining([two.path])]);
    expect(await toldOf(two)).toMatch(/Data stewards decided on .* they are one person\./);
    await desk.app.people.assign(two.school.subject, two.known.person);
    expect(await toldOf({ ...two, school: two.known })).toContain('They are shown as one person now.');
  });

  it('takes a second steward where a service is matched with care', async () => {
    const two = await claimed({ other: { source: 'niche' } });
    await desk.decide(two.path, SAME);
    expect([await desk.askedOf(two.pair), await settledAs(two)]).toEqual([[], [null]]);
    await desk.decide(two.path, SAME, TOM);
    expect([(await desk.askedOf(two.pair)).length, await settledAs(two)]).toEqual([1, ['same']]);
  });

  it('decided as two people is told so to its reader, who may say so again, to other stewards', async () => {
    const two = await claimed();
    await desk.decide(two.path, DIFFERENT);
    expect([await settledAs(two), await toldOf(two)]).toEqual([
      ['different'],
      expect.stringMatching(/decided on .* they are two people\./),
    ]);
    await claim(desk.app, two.known.person, two.school.person);
    await desk.app.people.pool.query(`UPDATE decided.pair_ruling SET decided_at = decided_at - interval '1 minute' WHERE one = $1`, [
      two.pair.one,
    ]);
    expect(await desk.queued(WEN)).toContain(two.path);
    await desk.decide(two.path, SAME, WEN);
    expect((await desk.askedOf(two.pair)).map(({ ruling }) => ruling)).toEqual(['apart', 'together']);
  });

  it('is open again when the ruling that settled it is taken back', async () => {
    const two = await claimed();
    await desk.decide(two.path, SAME);
    await desk.send(`${two.path}/taken-back`, { step: 'take-back' });
    expect([await settledAs(two), (await desk.queued(TOM)).includes(two.path)]).toEqual([[null], true]);
  });

  it('withdrawn, joined, or of a record that is not there any more is in nobody’s queue, and there is no page of it', async () => {
    const [withdrawn, joined, removed] = [await claimed(), await claimed(), await claimed()];
    await withdrawClaim(desk.app, withdrawn.known.person, withdrawn.school.person);
    await desk.app.people.assign(joined.school.subject, joined.known.person);
    await desk.app.people.record({ ...removed.school, source: 'liquidlogic', present: false });
    const listed = await desk.queued();
    for (const { path } of [withdrawn, joined, removed])
      expect([listed.includes(path), await desk.besideNobody(path)]).toEqual([false, [404, true]]);
  });

  it('goes to stewards under the record that has replaced one of them', async () => {
    const two = await claimed();
    const successor = await desk.app.people.record({ source: 'liquidlogic', person: two.school.person });
    await desk.app.people.record({ ...two.school, source: 'liquidlogic', replacedBy: successor.subject, replacedAt: 3 });
    const path = `/matches/${[two.known.subject, successor.subject].sort().join('/')}`;
    expect(await desk.queued()).toContain(path);
    await desk.decide(path, SAME);
    expect(await settledAs(two)).toEqual(['same']);
  });

  it('is nobody’s who is restricted, and no steward’s who knows one of them', async () => {
    const [restricted, known] = [await claimed(), await claimed()];
    await desk.app.people.restrictByHand(restricted.school.subject);
    await desk.app.people.pool.query('INSERT INTO decided.declaration (declaration, reader, subject) VALUES (gen_random_uuid(), $1, $2)', [
      GRACE,
      known.known.subject,
    ]);
    const listed = await desk.queued();
    for (const { path } of [restricted, known]) {
      expect([listed.includes(path), await desk.besideNobody(path)]).toEqual([false, [404, true]]);
      expect((await desk.decide(path, SAME)).status).toBe(404);
    }
    expect((await desk.queued(TOM)).includes(known.path)).toBe(true);
  });
});
