import { textOf } from '../../../../test/support/pages.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { born, madeUpName, name, type StoredPeople } from '../../../../test/support/stored-people.js';
import { OpenedPanel } from './open-panel.query.js';
import type { PersonPage } from './view-person.query.js';

let app: QueryApp;
let people: StoredPeople;
beforeAll(async () => {
  app = await QueryApp.open();
  people = app.people;
});
afterAll(() => app?.close());

const open = async (person: string, service: string) => app.get(`/v1/people/${person}/services/${service}`);
const adult = { names: [name('Williams', 'Kate')], dateOfBirth: born('1990-01-02') };
const practitioner = {
  name: 'Priya Nair',
  role: 'Senior social worker',
  phone: '01632 960 118',
  email: 'priya.nair@northbridge.example',
  outOfHoursPhone: '01632 960 100',
  outOfHoursName: 'Emergency Duty Team',
};

describe('An opened panel', () => {
  it('says whom to ring, since when, and nothing of other services', async () => {
    const { subject, person } = await people.record(adult);
    await people.involvement(subject, {
      practitioner: { ...practitioner, readerId: 'priya.nair' },
      teamPhone: '01632 960 119',
      openedOn: '2026-09-03',
    });
    await people.involvement(subject, { source: 'cis', service: 'adult-social-care', team: 'Adult Team West' });
    const { body, text } = await open(person, 'childrens-social-care');
    expect(body.result.involvements).toMatchObject([
      {
        database: 'Mosaic',
        stateWords: 'Involved now',
        openedOn: '2026-09-03',
        contact: { ...practitioner, team: 'Assessment East', teamPhone: '01632 960 119' },
      },
    ]);
    expect(text).not.toContain('Adult Team West');
    expect(text).not.toContain('readerId');
  });

  it('is recorded by itself', async () => {
    const { subject, person } = await people.record(adult);
    await people.involvement(subject);
    const got = await open(person, 'childrens-social-care');
    expect(await app.auditOf(got)).toMatchObject([
      {
        action: 'opened-panel',
        outcome: 'done',
        person,
        subjects: [subject],
        shown: { service: 'childrens-social-care', state: 'involved-now', involvements: 1 },
      },
    ]);
  });

  it('lists what is open first, then the newest', async () => {
    const { subject, person } = await people.record(adult);
    await people.involvement(subject, { status: 'closed', closedOn: '2020-01-01', team: 'third' });
    await people.involvement(subject, { status: 'closed', closedOn: '2025-01-01', team: 'second' });
    await people.involvement(subject, { openedOn: '2019-01-01', team: 'first' });
    await people.involvement(subject, { status: 'retracted', team: 'never' });
    const { body } = await open(person, 'childrens-social-care');
    expect(body.result.involvements.map((shown) => shown.contact.team)).toEqual(['first', 'second', 'third']);
  });

  it('says that and when an involvement ended, and not why: a source’s own words may say where somebody has moved', async () => {
    const { subject, person } = await people.record(adult);
    await people.involvement(subject, { status: 'closed', closedOn: '2025-03-14' });
    await people.pool.query(`UPDATE ${people.schema}.involvement SET closed_reason = 'Moved to Kiln Lane' WHERE subject = $1`, [subject]);
    const answer = await open(person, 'childrens-social-care');
    expect(answer.body.result.involvements).toMatchObject([{ closedOn: '2025-03-14' }]);
    const page = textOf((await app.get(`/people/${person}/services/childrens-social-care`)).text);
    expect(page).toContain('Ended 14 Mar 2025');
    for (const said of [answer.text, page]) expect(said).not.toMatch(/Kiln Lane|Reason for ending|closedReason/);
  });

  it('shows at most 3 safeguarding offences, the newest', async () => {
    const { subject, person } = await people.record(adult);
    const offences = ['2001-01-01', '2020-01-01', '2010-01-01', '2015-01-01'].map((date) => ({
      date,
      type: 'robbery' as const,
      nature: 'convict' as const,
    }));
    await people.involvement(subject, {
      source: 'niche',
      service: 'police',
      details: { police: { area: 'East', offences, nonSafeguarding: true } },
    });
    const { body } = await open(person, 'police');
    expect(body.result.involvements).toMatchObject([
      {
        stateWords: 'Records held',
        police: {
          area: 'East',
          nonSafeguarding: true,
          maximumWords: 'A maximum of 3 will be listed',
          offences: [{ date: '2020-01-01', type: 'Robbery', nature: 'Convicted' }, { date: '2015-01-01' }, { date: '2010-01-01' }],
        },
      },
    ]);
  });

  it('of the police says since when something is recorded, and neither that it is current nor that it has ended', async () => {
    const { subject, person } = await people.record(adult);
    const police = { source: 'niche', service: 'police' as const };
    await people.involvement(subject, { ...police, openedOn: '2019-05-01', team: 'older' });
    await people.involvement(subject, { ...police, openedOn: '2021-05-01', team: 'newer', status: 'closed', closedOn: '2025-03-14' });
    const { result } = (await open(person, 'police')).body;
    expect(OpenedPanel.strict().parse(result)).toEqual(result);
    const held = { kind: 'records-held', stateWords: 'Records held', state: null, closedOn: null };
    expect(result.involvements).toMatchObject([
      { ...held, openedOn: '2021-05-01', contact: { team: 'newer' } },
      { ...held, openedOn: '2019-05-01', contact: { team: 'older' } },
    ]);
    const panel = /<section[^>]*id="police"[^]*?<\/section>/.exec((await app.get(`/people/${person}/services/police`)).text)![0];
    expect(textOf(panel)).toMatch(/Records held.*newer.*Recorded since 1 May 2021.*older.*Recorded since 1 May 2019/);
    expect(textOf(panel)).not.toMatch(/Involved|Ended|14 Mar 2025/);
  });

  it('shows at most 3 of them however many involvements they are spread over, and never "none" of what it leaves out', async () => {
    const { subject, person } = await people.record(adult);
    for (const year of [2001, 2010, 2020]) {
      const offences = [1, 2].map((month) => ({ date: `${year}-0${month}-01`, type: 'robbery' as const, nature: 'convict' as const }));
      const police = { area: String(year), offences, nonSafeguarding: true };
      await people.involvement(subject, { source: 'niche', service: 'police', details: { police } });
    }
    const { body } = await open(person, 'police');
    const told = body.result.involvements.map(({ police }) => [
      police!.area,
      police!.offences!.map(({ date }) => date),
      police!.moreNotListed,
    ]);
    expect(told.toSorted(([a], [b]) => Number(a) - Number(b))).toEqual([
      ['2001', [], true],
      ['2010', ['2010-02-01'], true],
      ['2020', ['2020-02-01', '2020-01-01'], false],
    ]);
  });

  it('shows notices and evictions of the last 12 months alone', async () => {
    const { subject, person } = await people.record(adult);
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
    await people.involvement(subject, {
      source: 'northbridge-homes',
      service: 'housing',
      details: {
        housing: {
          association: 'Northbridge Homes',
          tenancyStartedOn: '2019-01-01',
          antiSocialBehaviour: { state: 'closed', on: daysAgo(800) },
          rentArrears: null,
          noticeSeekingPossession: { state: 'closed', on: daysAgo(300) },
          eviction: { state: 'closed', on: daysAgo(400) },
        },
      },
    });
    expect((await open(person, 'housing')).body.result.involvements[0]!.housing).toMatchObject({
      noticesWithinWords: 'last 12 months',
      antiSocialBehaviour: { words: 'Yes, case closed' },
      rentArrears: { words: 'Not said by the source', on: null },
      noticeSeekingPossession: { words: 'Yes, case closed', on: daysAgo(300) },
      eviction: { words: 'No records', on: null },
    });
  });

  it('shows nothing that the age rule hides, and says why', async () => {
    const { subject, person } = await people.record({ dateOfBirth: born('2015-01-02') });
    await people.involvement(subject, { source: 'niche', service: 'police', team: 'Hidden Team' });
    const got = await open(person, 'police');
    expect(got.body.result).toMatchObject({ involvements: [], panel: { state: { words: 'Not checked: shown from age 18' } } });
    expect(got.text).not.toContain('Hidden Team');
    // It names the person all the same, and so the records it was made of.
    expect(await app.auditOf(got)).toMatchObject([
      { action: 'opened-panel', outcome: 'nothing-found', subjects: [subject], shown: { state: 'not-checked' } },
    ]);
  });

  it('is not what the form of a report is, nor the way back to a panel that does not open', async () => {
    const { person } = await people.record({ dateOfBirth: born('2015-01-02') });
    const looks = async (path: string) =>
      (await app.auditOf(await app.get(path))).filter(({ action }) => action === 'opened-panel').map(({ shown }) => shown);
    expect(await looks(`/people/${person}/panels/police/problem`)).toEqual([{ service: 'police', state: 'not-checked', page: 'problem' }]);
    expect(await looks(`/people/${person}/services/police`)).toEqual([]);
  });

  it('says what the closed one does, also where somebody else may be the same person', async () => {
    const who = { names: [name(madeUpName(), 'Kate')], dateOfBirth: born('1990-01-02') };
    const { subject, person } = await people.record(who);
    for (const source of ['cis', 'niche', 'northbridge-homes']) await people.record({ source, ...who });
    await people.involvement(subject);
    const cis = await people.record({ source: 'cis', person, ...who });
    await people.involvement(cis.subject, { source: 'cis', service: 'adult-social-care', status: 'closed', closedOn: '2024-01-01' });
    const page = (await app.get(`/v1/people/${person}`)).body as { result: PersonPage };
    const opened = await Promise.all(page.result.panels.map(async ({ service }) => (await open(person, service)).body.result.panel.state));
    expect(opened).toEqual(page.result.panels.map(({ state }) => state));
    expect(opened.map(({ words }) => words)).toEqual(
      expect.arrayContaining([
        'Involved now',
        'Involved before, ended 1 Jan 2024; now not checked: a possible match awaiting review',
        'Not checked: a possible match awaiting review',
      ]),
    );
  });

  it('does not pass on facts that belong to another service', async () => {
    const { subject, person } = await people.record(adult);
    const police = { area: 'East', offences: [], nonSafeguarding: true };
    await people.involvement(subject, { service: 'childrens-social-care', details: { police } });
    expect((await open(person, 'childrens-social-care')).body.result.involvements[0]!.police).toBeNull();
  });

  it('of a service the authority does not show is not there', async () => {
    const { subject, person } = await people.record(adult);
    await people.involvement(subject, { service: 'mental-health' });
    const got = await open(person, 'mental-health');
    const never = await open(person, 'no-such-service');
    expect(got.status).toBe(404);
    expect(got.text).toBe(never.text);
  });
});
