import { randomUUID } from 'node:crypto';
import { QueryApp } from '../../../../test/support/query-app.js';
import { born, madeUpName, name, type StoredPeople } from '../../../../test/support/stored-people.js';

let app: QueryApp;
let people: StoredPeople;
beforeAll(async () => {
  app = await QueryApp.open();
  people = app.people;
});
afterAll(() => app?.close());

const page = async (person: string) => (await app.get(`/v1/people/${person}`)).body.result;
const panel = async (person: string, service: string) => (await page(person)).panels.find((shown) => shown.service === service)!;
const DETAILS = 'details of this person, such as a name or an address, but no involvement of this service.';
/** An adult nobody else in the run could be taken for. */
const identified = () => ({ dateOfBirth: born('1990-01-02'), names: [name(madeUpName(), madeUpName())] });

describe('Service panels', () => {
  it('come in the order now, before, records held, nothing found, not checked, and hold no content', async () => {
    const { subject, person } = await people.record(identified());
    await people.involvement(subject, { status: 'closed', closedOn: '2025-03-14', practitioner: { name: 'Secret Worker' } as never });
    await people.involvement(subject, { source: 'northbridge-homes', service: 'housing' });
    await people.involvement(subject, { source: 'niche', service: 'police', status: 'closed' });
    const shown = await page(person);
    expect(shown.panels.map((each) => [each.serviceName, each.database, each.state.words])).toEqual([
      ['Housing', 'Northbridge Homes', 'Involved now'],
      ['Children’s social care', 'Mosaic and LiquidLogic', 'Involved before, ended 14 Mar 2025'],
      ['Police', 'Niche', 'Records held'],
      ['Early help', 'Cluster lists and LiquidLogic', 'Checked, nothing found'],
      ['Adult social care', 'CIS', 'Checked, nothing found'],
      ['Other service', 'List of another service', 'Checked, nothing found'],
      ['School', 'Synergy', 'Not checked: shown from age 4 to 20'],
      ['Youth offending', 'ChildView', 'Not checked: shown from age 10 to 21'],
      ['Not in education or employment', 'Insight', 'Not checked: shown from age 16 to 24'],
      ['Drug and alcohol', '', 'Not checked: ring the Recovery Service duty desk, 01632 960 180, out of hours 01632 960 101'],
    ]);
    expect(JSON.stringify(shown.panels)).not.toContain('Secret Worker');
  });

  it('take in the facts of a replaced record, but nothing retracted', async () => {
    const { subject, person } = await people.record(identified());
    const old = await people.record({ replacedBy: subject, replacedAt: 5 });
    await people.involvement(old.subject, { service: 'early-help', source: 'cluster-lists' });
    await people.involvement(subject, { status: 'retracted', service: 'childrens-social-care' });
    expect((await panel(person, 'early-help')).state.words).toBe('Involved now');
    expect((await panel(person, 'childrens-social-care')).state.words).toBe('Checked, nothing found');
  });

  it('tell an involvement that ended before it was ever described under its source', async () => {
    const { subject, person } = await people.record(identified());
    await people.involvement(subject, { described: false, source: 'cis', status: 'closed', closedOn: '2024-01-31' });
    expect((await panel(person, 'adult-social-care')).state.words).toBe('Involved before, ended 31 Jan 2024');
  });

  it('name each of several databases before how fresh it is', async () => {
    const { person } = await people.record(identified());
    const lines = (await panel(person, 'early-help')).freshnessWords;
    expect(lines).toEqual([
      expect.stringMatching(/^Cluster lists: last updated on .* · /),
      expect.stringMatching(/^LiquidLogic: last updated on .* · /),
    ]);
    const { text } = await app.get(`/people/${person}`);
    expect(text).toMatch(/Cluster lists: last updated on [^<]*<br>\s*LiquidLogic: last updated on /);
    expect((await panel(person, 'adult-social-care')).freshnessWords[0]).toMatch(/^Last updated on /);
  });

  it('follow an involvement that was updated before it was opened', async () => {
    const { subject, person } = await people.record(identified());
    await people.involvement(subject, { status: null });
    expect((await panel(person, 'childrens-social-care')).state.words).toBe('Involved now');
  });

  it('say that data is held back where events about the person are parked', async () => {
    const { subject, person } = await people.record(identified());
    const oldest = Date.parse('2026-11-21T14:05:00Z');
    await people.parked(subject, 'cis', oldest + 60_000);
    await people.parked(subject, 'cis', oldest);
    const shown = await page(person);
    expect(shown.heldBackWords).toMatch(
      /^Some information about this person from CIS has been held back since 21 Nov 2026 at 14:05 and has not come through\. Ring the Front Door: 01632/,
    );
    expect(await panel(person, 'adult-social-care')).toMatchObject({
      heldBack: true,
      heldBackSince: oldest,
      heldBackWords: 'Something CIS sent about this person has been held back since 21 Nov 2026 at 14:05, so this may be incomplete.',
    });
    expect(await panel(person, 'early-help')).toMatchObject({ heldBack: false, heldBackSince: null });
    expect((await panel(person, 'adult-social-care')).state.reason).toBe('held-back');
    expect((await panel(person, 'early-help')).state.kind).toBe('nothing-found');
  });

  it('name of several databases the one whose events are parked, and none where not even the source can be read; each since its own oldest', async () => {
    const { subject, person } = await people.record(identified());
    const oldest = Date.parse('2026-11-21T14:03:00Z');
    await people.parked(subject, 'cis', oldest + 60_000);
    await people.parked(subject, 'liquidlogic', oldest + 120_000);
    await people.parked(subject, null, oldest);
    const words = (of: string, at: string) =>
      `Something ${of} sent about this person has been held back since 21 Nov 2026 at ${at}, so this may be incomplete.`;
    const unread = words('a source that can’t be made out', '14:03');
    const heldBack = { heldBack: true, heldBackSince: oldest, state: { reason: 'held-back' } };
    const told = {
      'early-help': [words('LiquidLogic', '14:05'), unread],
      'adult-social-care': [words('CIS', '14:04'), unread],
      other: [unread],
    };
    for (const [service, said] of Object.entries(told))
      expect(await panel(person, service)).toMatchObject({ ...heldBack, heldBackWords: said.join(' ') });
    expect((await page(person)).heldBackWords).toMatch(
      /^Some information about this person from CIS, LiquidLogic and a source that can’t be made out has been held back since 21 Nov 2026 at 14:03 /,
    );
  });

  it('are ruled out by age, all of them, and the page still says that its own source holds something back, but of nobody whom the reader knows', async () => {
    const { subject, person } = await people.record({ source: 'synergy', dateOfBirth: null });
    await people.parked(subject, 'synergy');
    await people.parked(subject, 'niche');
    const { heldBackWords, panels } = await page(person);
    expect(panels.find(({ service }) => service === 'school')).toMatchObject({ heldBackWords: null, state: { reason: 'age-not-known' } });
    expect(heldBackWords).toMatch(/^Some information about this person from Synergy has been held back since /);
    const child = await people.record();
    await people.link(child.subject, subject, 'sibling');
    const asked = async () =>
      (await app.get(`/v1/people/${child.person}/family`)).body.result.members.find((one) => one.person === person)!;
    expect((await asked()).heldBackWords).toMatch(/from Synergy/);
    await app.send(`/people/${person}/known`, { method: 'POST', headers: await app.as('amara.okafor') });
    expect((await asked()).heldBackWords).toBeNull();
  });

  it('say where nothing was found that the database holds details of the person, if they are shown', async () => {
    const { person, subject } = await people.record(identified());
    await people.record({ person, source: 'cis', dateOfBirth: born('1990-01-02') });
    const early = { person, dateOfBirth: born('1990-01-02') };
    await people.record({ ...early, source: 'cluster-lists' });
    expect(await panel(person, 'adult-social-care')).toMatchObject({
      state: { words: 'Checked, nothing found' },
      recordWords: `CIS holds ${DETAILS}`,
    });
    await people.record({ ...early, source: 'liquidlogic' });
    const said = ['childrens-social-care', 'early-help', 'school', 'police', 'other'] as const;
    await people.record({ ...early, source: 'niche' });
    await people.record({ ...early, source: 'synergy' });
    await people.involvement(subject);
    const { panels } = await page(person);
    expect(said.map((service) => panels.find((one) => one.service === service)!.recordWords)).toEqual([
      null,
      `Cluster lists and LiquidLogic hold ${DETAILS}`,
      null,
      `Niche holds ${DETAILS}`,
      null,
    ]);
    const { text } = await app.get(`/people/${person}`);
    expect(text).toContain(`CIS holds ${DETAILS}`);
    expect(text).not.toContain('Synergy holds');
  });

  it('say so too where the source had removed the record and what may bring it back is parked', async () => {
    const { person } = await people.record(identified());
    const gone = await people.record({ person, source: 'cis', present: false, removedReason: 'withdrawn' });
    await people.parked(gone.subject, 'cis');
    expect((await panel(person, 'adult-social-care')).state.reason).toBe('held-back');
  });

  it('say nothing of what a service holds back that a rule leaves out: it would tell that it knows the person', async () => {
    const { person } = await people.record({ dateOfBirth: born('2015-01-02') });
    const withPolice = await people.record({ person, source: 'niche', dateOfBirth: born('2015-01-02') });
    await people.parked(withPolice.subject, 'niche');
    const { heldBackWords, panels } = await page(person);
    expect(heldBackWords).toBeNull();
    expect(panels.find(({ service }) => service === 'police')).toMatchObject({
      heldBack: false,
      heldBackSince: null,
      state: { reason: 'age-rule' },
    });
  });

  it.each([['date-of-birth-estimated' as const], ['name-placeholder' as const]])('are not looked up by guesses: %s', async (flag) => {
    const { person } = await people.record({ ...identified(), flags: [flag] });
    expect((await panel(person, 'adult-social-care')).state.reason).toBe('too-few-details');
  });

  it('wait for review where a source holds somebody who may well be this person', async () => {
    const [family, given] = [madeUpName(), madeUpName()];
    const { person } = await people.record({ names: [name(family, given)], dateOfBirth: born('1990-01-02') });
    expect((await panel(person, 'adult-social-care')).state.kind).toBe('nothing-found');
    await people.record({ source: 'cis', names: [name(family, given)], dateOfBirth: born('1990-01-02') });
    expect((await panel(person, 'adult-social-care')).state.reason).toBe('match-awaiting-review');
    expect((await panel(person, 'early-help')).state.kind).toBe('nothing-found');
  });

  it('wait for review also where the day is one that stands for "not known" in many records', async () => {
    const [family, given] = [madeUpName(), madeUpName()];
    const { person } = await people.record({ names: [name(family, given)], dateOfBirth: born('1990-01-01') });
    await people.record({ source: 'cis', names: [name(family, madeUpName())], dateOfBirth: born('1990-01-01') });
    expect((await panel(person, 'adult-social-care')).state.kind).toBe('nothing-found');
    await people.record({ source: 'cis', names: [name(family, given)], dateOfBirth: born('1990-01-01') });
    expect((await panel(person, 'adult-social-care')).state.reason).toBe('match-awaiting-review');
  });

  it.each([
    ['known there by the month of birth alone', { dateOfBirth: born('1990-01', 'month') }, true],
    ['known there by another month of birth', { dateOfBirth: born('1990-02', 'month') }, false],
    ['known there by the year of birth alone', { dateOfBirth: born('1990', 'year') }, true],
    ['without any date of birth', { dateOfBirth: null }, true],
    ['born on another day', { dateOfBirth: born('1990-01-03') }, false],
    ['not matched to anybody yet', { person: null, dateOfBirth: born('1990-01-02') }, true],
    [
      'with another valid NHS number',
      { dateOfBirth: born('1990-01-02'), identifiers: [{ type: 'nhs' as const, value: '9990000042' }] },
      false,
    ],
    [
      'with an NHS number that can’t be right',
      { dateOfBirth: born('1990-01-02'), identifiers: [{ type: 'nhs' as const, value: '9990000041' }] },
      true,
    ],
    ['whose record gave way to one not described yet', { dateOfBirth: born('1990-01-02'), replacedBy: randomUUID(), replacedAt: 2 }, true],
    ['removed by the source', { dateOfBirth: born('1990-01-02'), present: false }, false],
    ['restricted and without a date', { dateOfBirth: null, restriction: 'restricted' as const }, false],
  ])('take somebody of the same name, %s, for a possible match: %j %s', async (_, other, possible) => {
    const [family, given] = [madeUpName(), madeUpName()];
    const nhs = [{ type: 'nhs' as const, value: '9990000018' }];
    const { person } = await people.record({ names: [name(family, given)], dateOfBirth: born('1990-01-02'), identifiers: nhs });
    await people.record({ source: 'cis', names: [name(family, given)], ...other });
    expect((await panel(person, 'adult-social-care')).state.kind).toBe(possible ? 'not-checked' : 'nothing-found');
  });
});
