import { randomUUID } from 'node:crypto';
import { textOf } from '../../../../test/support/pages.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { madeUpName, name, type StoredPeople } from '../../../../test/support/stored-people.js';
import { Visitor } from '../../../../test/support/visitor.js';

let app: QueryApp;
let people: StoredPeople;
beforeAll(async () => {
  app = await QueryApp.open();
  people = app.people;
});
afterAll(() => app?.close());

const named = async (o: Parameters<StoredPeople['record']>[0] = {}) => {
  const family = madeUpName();
  return { family: family.toUpperCase(), ...(await people.record({ ...o, names: [name(family, 'Ada')] })) };
};
/** The three lists as text, by what stands above them. */
const lists = async (reader = 'amara.okafor') => {
  const got = await app.get('/caseload', reader);
  const [own, referrals, recent] = got.text.split(/<h2[^>]*>/).map(textOf);
  return { got, own: own!, referrals: referrals!, recent: recent! };
};

describe('My caseload', () => {
  it('says plainly that it is empty, and that this is no proof', async () => {
    const { own, referrals, recent } = await lists('dan.whittle');
    expect(own).toContain('No open involvement names you. Who works with whom is recorded in Mosaic');
    expect(referrals).toContain('There is no open referral to show that waits with your team for a named worker');
    expect(recent).toContain('You have not viewed anybody yet');
  });

  it('lists whom an open involvement names the reader for, and apart from them the team’s referrals, each on record as shown', async () => {
    const [mine, referred, both, ended, others] = [await named(), await named(), await named(), await named(), await named()];
    await people.onCaseloadOf('amara.okafor', mine.subject);
    await people.involvement(referred.subject, { team: 'Assessment East' });
    await people.onCaseloadOf('amara.okafor', both.subject);
    await people.involvement(both.subject, { team: 'Assessment East' });
    await people.involvement(ended.subject, { team: 'Assessment East', status: 'closed' });
    await people.onCaseloadOf('priya.nair', others.subject);
    await app.get(`/people/${mine.person}`, 'amara.okafor');
    const { got, own, referrals } = await lists();
    for (const { family } of [mine, both]) expect([own.includes(family), referrals.includes(family)]).toEqual([true, false]);
    expect([own.includes(referred.family), referrals.includes(referred.family)]).toEqual([false, true]);
    for (const { family } of [ended, others]) expect(got.text).not.toContain(family);
    expect(got.text).toContain(`href="/people/${mine.person}?from=caseload"`);
    const rows = await app.auditOf(got);
    expect(rows[0]).toMatchObject({ action: 'shown-in-results', person: null, shown: { list: 'caseload', own: 2, referrals: 1 } });
    const onRecord = rows.slice(1).map(({ person, outcome, shown }) => `${person} ${outcome} ${JSON.stringify(shown)}`);
    const asIn = (among: string) => `done ${JSON.stringify({ list: 'caseload', among })}`;
    expect(onRecord).toEqual(
      expect.arrayContaining([`${mine.person} ${asIn('own')}`, `${both.person} ${asIn('own')}`, `${referred.person} ${asIn('referrals')}`]),
    );
  });

  it('leaves out whoever is restricted or removed, as if they were not there', async () => {
    const [restricted, removed] = [await named({ restriction: 'restricted' }), await named({ present: false })];
    for (const { subject } of [restricted, removed]) {
      await people.onCaseloadOf('amara.okafor', subject);
      await people.involvement(subject, { team: 'Assessment East' });
    }
    const { got } = await lists();
    for (const { family, person } of [restricted, removed]) {
      expect(got.text).not.toContain(family);
      expect(JSON.stringify(await app.auditOf(got))).not.toContain(person);
    }
  });

  it('holds the last ten the reader viewed, the last one first; who is restricted since is gone', async () => {
    const viewed: Awaited<ReturnType<typeof named>>[] = [];
    for (let at = 0; at < 11; at += 1) viewed.push(await named());
    for (const { person } of [...viewed, viewed[5]!]) await app.get(`/people/${person}`, 'priya.nair');
    const last = viewed.at(-1)!;
    await people.record({ subject: last.subject, person: last.person, restriction: 'restricted' });
    const { recent } = await lists('priya.nair');
    const order = [viewed[5]!, ...viewed.toReversed().filter((one) => one !== viewed[5] && one !== last && one !== viewed[0])];
    expect(order.map(({ family }) => recent.indexOf(family))).toEqual(
      order.map(({ family }) => recent.indexOf(family)).toSorted((a, b) => a - b),
    );
    expect(order.every(({ family }) => recent.includes(family))).toBe(true);
    for (const { family } of [viewed[0]!, last]) expect(recent).not.toContain(family);
  });

  it('holds, of whom the reader viewed by an id no longer used, whoever has it now, once; and nobody of whom something is restricted', async () => {
    const [merged, into, also] = [await named(), await named(), await named()];
    for (const { person } of [merged, also]) await app.get(`/people/${person}`, 'dan.whittle');
    const between = randomUUID();
    for (const { subject } of [merged, also]) await people.assign(subject, into.person);
    await people.redirect(merged.person, between);
    await people.redirect(between, into.person);
    await people.redirect(also.person, into.person);
    const { got, recent } = await lists('dan.whittle');
    expect(got.text.split(`href="/people/${into.person}?from=caseload"`)).toHaveLength(2);
    expect(recent).not.toContain('You have not viewed anybody yet');
    await people.record({ subject: also.subject, person: into.person, restriction: 'restricted' });
    expect((await lists('dan.whittle')).got.text).not.toContain(into.person);
  });

  it('leads from whom something is restricted to nobody, though another of their records is somebody else’s now', async () => {
    const [viewed, other] = [await named(), await named()];
    const replaced = { person: viewed.person, source: 'synergy', replacedBy: other.subject };
    await people.record(replaced);
    await app.get(`/people/${viewed.person}`, 'priya.nair');
    await people.record({ subject: viewed.subject, person: viewed.person, restriction: 'restricted' });
    expect((await lists('priya.nair')).recent).not.toContain(other.family);
  });

  it('is led back to from whoever is opened there, also where a reason is asked for on the way', async () => {
    const { person } = await named();
    const visitor = await Visitor.signedIn(app.url, 'dan.whittle');
    const asked = (await visitor.open(`/people/${person}?from=caseload`)).headers.get('location');
    expect(asked).toBe(`/people/${person}/reason?${new URLSearchParams({ to: `/people/${person}?from=caseload` }).toString()}`);
    const page = await visitor.openWithReason(`/people/${person}?from=caseload`);
    expect(page).toContain('href="/caseload" class="govuk-back-link">My caseload');
  });

  it('is for those who work with families alone', async () => {
    const got = await app.get('/caseload', 'ig.officer');
    expect([got.status, await app.auditOf(got)]).toMatchObject([403, [{ outcome: 'denied', shown: { why: 'not-this-role' } }]]);
  });
});
