import { textOf } from '../../../../test/support/pages.js';
import { GRACE, SAME, StewardsDesk, TOM } from '../../../../test/support/stewards-desk.js';

let desk: StewardsDesk;
beforeAll(async () => {
  desk = await StewardsDesk.open();
});
afterAll(() => desk?.close());

const declare = (path: string, known: string, reader?: string) => desk.send(`${path}/known`, { known }, reader);

describe('“I know one of these people”', () => {
  it('is said at the page of two records, is on record for that person with all their records, and leaves the pair to other stewards', async () => {
    const { path, records, one, other } = await desk.waits();
    const more = await desk.app.people.record({ source: 'cis', person: records[0].person });
    expect((await desk.read(path)).text).toContain(`href="${path}/known">I know one of these people`);
    const which = records[0].subject === one ? 'first' : 'second';
    expect(textOf((await desk.read(`${path}/known`)).text)).toContain('another steward decides about these');
    const got = await declare(path, which);
    expect([got.status, got.headers.get('location')]).toEqual([303, '/matches']);
    const [entry, ...others] = await desk.app.auditOf(got);
    expect([entry, others]).toMatchObject([
      { action: 'declared-known', outcome: 'done', reader: GRACE, person: records[0].person, shown: { one, other } },
      [],
    ]);
    expect(entry!.subjects.toSorted()).toEqual([records[0].subject, more.subject].toSorted());
    expect(await desk.queued()).not.toContain(path);
    expect(await desk.besideNobody(path)).toEqual([404, true]);
    expect((await desk.decide(path, SAME)).status).toBe(404);
    expect([(await desk.queued(TOM)).includes(path), (await desk.decide(path, SAME, TOM)).status]).toEqual([true, 303]);
  });

  it('leads back to the list as it was chosen, also from where nothing was selected', async () => {
    const { path } = await desk.waits({ source: 'niche' });
    const [chosen, inHtml] = ['?source=niche&harm=careful', '?source=niche&amp;harm=careful'];
    const known = `${path}/known${chosen}`;
    expect((await desk.read(path + chosen)).text).toContain(`href="${path}/known${inHtml}">I know one of these people`);
    for (const got of [await desk.read(known), await desk.send(known, {})]) {
      expect(got.text).toContain(`href="${path}${inHtml}"`);
      expect(got.text).toContain(`action="${path}/known${inHtml}"`);
    }
    const said = await desk.send(known, { known: 'both' });
    expect([said.status, said.headers.get('location')]).toEqual([303, `/matches${chosen}`]);
  });

  it('covers every other pair with a record of that person, and none of the other’s', async () => {
    const { path, records, one } = await desk.waits();
    const [third, fourth] = [await desk.app.people.record({ source: 'cis' }), await desk.app.people.record({ source: 'cis' })];
    const [ofFirst, ofSecond] = [await desk.matcher.waits(records[0], third), await desk.matcher.waits(records[1], fourth)];
    await declare(path, records[0].subject === one ? 'first' : 'second');
    const listed = await desk.queued();
    expect([listed.includes(ofFirst.path), listed.includes(ofSecond.path)]).toEqual([false, true]);
  });

  it('can be said of both, is asked again where nothing is chosen, and nobody can say it of a pair they were not given', async () => {
    const { path, records } = await desk.waits();
    expect([(await declare(path, 'somebody')).status, (await declare(path, 'both', 'amara.okafor')).status]).toEqual([400, 403]);
    const people = (await desk.app.auditOf(await declare(path, 'both'))).map(({ person }) => person);
    expect(new Set(people)).toEqual(new Set(records.map(({ person }) => person)));
    const again = await declare(path, 'both');
    expect([again.status, await desk.app.auditOf(again)]).toMatchObject([404, [{ action: 'declared-known', outcome: 'nothing-found' }]]);
  });
});
