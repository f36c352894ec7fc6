import { randomUUID } from 'node:crypto';
import { QueryApp } from '../../../../test/support/query-app.js';
import { address, born, madeUpName, madeUpPostcode, name, type StoredPeople } from '../../../../test/support/stored-people.js';

let app: QueryApp;
let people: StoredPeople;
beforeAll(async () => {
  app = await QueryApp.open();
  people = app.people;
}, 60_000);
afterAll(() => app?.close());

const page = async (person: string) => (await app.get(`/v1/people/${person}`)).body.result;
const panel = async (person: string, service: string) => (await page(person)).panels.find((shown) => shown.service === service)!;
/** An adult nobody else in the run could be taken for. */
const identified = () => ({ dateOfBirth: born('1990-01-02'), names: [name(madeUpName(), madeUpName())] });

describe('Who a person is', () => {
  it('is put together from all their records, the case management system believed first', async () => {
    const [family, maiden] = [madeUpName(), madeUpName()];
    const { person, recordId } = await people.record({
      names: [name(family, 'Kate'), { ...name(maiden, 'Kate'), kind: 'former' }],
      dateOfBirth: born('1992', 'year'),
      gender: 'female',
      addresses: [
        address('4 Mill Row', 'NB4 2QT', { from: '2026-09-03' }),
        address('1 Old Street', 'NB1 1AA', { kind: 'previous', to: '2026-09-02' }),
      ],
    });
    await people.record({
      person,
      source: 'synergy',
      names: [name(family, 'Catherine')],
      dateOfBirth: born('1992-02-03'),
      gender: 'not-known',
      addresses: [address('19 Canal Street', 'NB1 7AH')],
      flags: ['date-of-birth-estimated'],
    });
    expect((await page(person)).identity).toMatchObject({
      title: `${family.toUpperCase()}, Kate`,
      otherNames: [
        { database: 'Mosaic', family: maiden, kind: 'former' },
        { database: 'Synergy', family, given: ['Catherine'] },
      ],
      birth: { date: '1992-02-03', estimated: true, words: 'about 3 Feb 1992' },
      otherBirths: [{ database: 'Mosaic', words: '1992' }],
      gender: 'Female',
      address: { words: '4 Mill Row, NB4 2QT', database: 'Mosaic', from: '2026-09-03' },
      otherAddresses: [
        { words: '1 Old Street, NB1 1AA', database: 'Mosaic', to: '2026-09-02' },
        { words: '19 Canal Street, NB1 7AH', database: 'Synergy' },
      ],
      caseIds: [recordId],
      flags: ['Date of birth estimated (Synergy)'],
    });
  });

  it('may be no more than a name', async () => {
    const { person } = await people.record({ source: 'niche', names: [name('Jones')], dateOfBirth: null });
    expect((await page(person)).identity).toMatchObject({
      title: 'JONES',
      nameOnly: true,
      birth: null,
      caseIdWords: 'Not found in Mosaic',
    });
  });

  it('includes an unborn child, and keeps the age of someone who has died', async () => {
    const unborn = await people.record({ dateOfBirth: born('2099-02-03', 'expected') });
    expect((await page(unborn.person)).identity.birth).toMatchObject({ words: 'expected 3 Feb 2099', ageWords: 'unborn' });
    const died = await people.record({ dateOfBirth: born('1950-01-01'), deceasedOn: '2020-06-01' });
    expect((await page(died.person)).identity).toMatchObject({ deceasedOn: '2020-06-01', birth: { ageWords: '70 yrs' } });
  });
});

describe('Service panels', () => {
  it('come in the order now, before, records held, nothing found, not checked, and hold no content', async () => {
    const { subject, person } = await people.record(identified());
    await people.involvement(subject, { status: 'closed', closedOn: '2025-03-14', practitioner: { name: 'Secret Worker' } as never });
    await people.involvement(subject, { source: 'northbridge-homes', service: 'housing' });
    await people.involvement(subject, { source: 'niche', service: 'police', status: 'closed' });
    const shown = await page(person);
    expect(shown.panels.map((each) => [each.serviceName, each.database, each.state.words])).toEqual([
      ['Housing', 'Northbridge Homes', 'Involved now'],
      ['Children’s social care', 'Mosaic', 'Involved before, ended 14 Mar 2025'],
      ['Police', 'Niche', 'Records held'],
      ['Early help', 'Cluster lists', 'Checked, nothing found'],
      ['Adult social care', 'CIS', 'Checked, nothing found'],
      ['School', 'Synergy', 'Not checked: shown from age 4 to 20'],
      ['Youth offending', 'ChildView', 'Not checked: shown from age 10 to 21'],
      ['Not in education or employment', 'Insight', 'Not checked: shown from age 16 to 24'],
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

  it('follow an involvement that was updated before it was opened', async () => {
    const { subject, person } = await people.record(identified());
    await people.involvement(subject, { status: null });
    expect((await panel(person, 'childrens-social-care')).state.words).toBe('Involved now');
  });

  it('say that data is held back where events about the person are parked', async () => {
    const { subject, person } = await people.record(identified());
    await people.parked(subject, 'cis');
    const shown = await page(person);
    expect(shown.heldBackWords).toMatch(/^Some information about this person from CIS has not come through\. Ring the Front Door: 01632/);
    expect((await panel(person, 'adult-social-care')).state.reason).toBe('held-back');
    expect((await panel(person, 'early-help')).state.kind).toBe('nothing-found');
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
    expect(panels.find(({ service }) => service === 'police')).toMatchObject({ heldBack: false, state: { reason: 'age-rule' } });
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

  it.each([
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
    ['restricted', { dateOfBirth: born('1990-01-02'), restriction: 'restricted' as const }, false],
  ])('take somebody of the same name, %s, for a possible match: %j %s', async (_, other, possible) => {
    const [family, given] = [madeUpName(), madeUpName()];
    const nhs = [{ type: 'nhs' as const, value: '9990000018' }];
    const { person } = await people.record({ names: [name(family, given)], dateOfBirth: born('1990-01-02'), identifiers: nhs });
    await people.record({ source: 'cis', names: [name(family, given)], ...other });
    expect((await panel(person, 'adult-social-care')).state.kind).toBe(possible ? 'not-checked' : 'nothing-found');
  });
});

describe('Related individuals', () => {
  it('are told from both sides of a link, with the right name for each side', async () => {
    const child = await people.record({ names: [name('Williams', 'Tommy')] });
    const mother = await people.record({ names: [name('Williams', 'Kate')] });
    await people.link(child.subject, mother.subject, 'parent', { mainCarer: true, parentalResponsibility: true });
    expect((await page(child.person)).related).toMatchObject([
      {
        person: mother.person,
        title: 'WILLIAMS, Kate',
        relationshipWords: 'Parent',
        mainCarer: true,
        isTheirMainCarer: false,
        database: 'Mosaic',
      },
    ]);
    expect((await page(mother.person)).related).toMatchObject([
      { person: child.person, relationshipWords: 'Child', mainCarer: false, isTheirMainCarer: true, hasResponsibilityForThem: true },
    ]);
  });

  it('are told once where both records state the link, and by the record that replaced theirs', async () => {
    const child = await people.record();
    const mother = await people.record();
    const oldMother = await people.record({ replacedBy: mother.subject, replacedAt: 3 });
    await people.link(child.subject, oldMother.subject, 'parent');
    await people.link(mother.subject, child.subject, 'child');
    expect((await page(child.person)).related).toMatchObject([{ person: mother.person, relationship: 'parent' }]);
  });

  it('leave out what has ended, was retracted, or comes from another system', async () => {
    const child = await people.record();
    for (const changed of [{ status: 'ended' as const }, { status: 'retracted' as const }, { source: 'synergy' }]) {
      await people.link(child.subject, (await people.record()).subject, 'sibling', changed);
    }
    expect((await page(child.person)).related).toEqual([]);
  });

  it('are recorded one by one in the audit log, and have an address of their own', async () => {
    const child = await people.record();
    const mother = await people.record();
    await people.link(child.subject, mother.subject, 'parent');
    const got = await app.get(`/v1/people/${child.person}/relationships`);
    expect(got.body.result).toMatchObject({ person: child.person, related: [{ person: mother.person }], caseManagementSystem: 'Mosaic' });
    expect(await app.auditOf(got)).toMatchObject([
      { action: 'viewed-relationships', person: child.person, subjects: [child.subject], shown: { related: 1 }, outcome: 'done' },
      { action: 'viewed-relationships', person: mother.person, subjects: [mother.subject], shown: { of: child.person, as: 'parent' } },
    ]);
  });
});

describe('An id that is no longer used', () => {
  it('leads to where the person went, along every step', async () => {
    const { person } = await people.record();
    const [first, second] = [randomUUID(), randomUUID()];
    await people.redirect(first, second);
    await people.redirect(second, person);
    const got = await app.get(`/v1/people/${first}`);
    expect([got.status, got.headers.get('location')]).toEqual([307, `/v1/people/${person}`]);
    expect(got.text).toBe('');
    const deeper = await app.get(`/v1/people/${first}/services/school`);
    expect(deeper.headers.get('location')).toBe(`/v1/people/${person}/services/school`);
    expect(await app.auditOf(got)).toMatchObject([
      { action: 'viewed-person', person: first, outcome: 'nothing-found', shown: { movedTo: person } },
    ]);
  });

  it('leads to the person whose record replaced theirs', async () => {
    const { subject, person } = await people.record();
    const old = await people.record({ replacedBy: subject, replacedAt: 5 });
    expect((await app.get(`/v1/people/${old.person}`)).headers.get('location')).toBe(`/v1/people/${person}`);
  });

  it('never hides a person that still has records under it', async () => {
    const { person } = await people.record();
    await people.redirect(person, (await people.record()).person);
    expect((await app.get(`/v1/people/${person}`)).status).toBe(200);
  });

  it('leads nowhere when redirects go round in a circle', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    await people.redirect(one, two);
    await people.redirect(two, one);
    expect((await app.get(`/v1/people/${one}`)).status).toBe(404);
  });
});

describe('The audit of a person’s page', () => {
  it('keeps who looked, what was shown, how fresh it was and which records it was made of', async () => {
    const { subject, person } = await people.record({ ...identified(), addresses: [address('4 Mill Row', madeUpPostcode())] });
    await people.involvement(subject);
    const got = await app.get(`/v1/people/${person}`);
    const [viewed, related] = await app.auditOf(got);
    expect(viewed).toMatchObject({
      action: 'viewed-person',
      outcome: 'done',
      reader: 'amara.okafor',
      role: 'social-worker',
      team: 'Assessment East',
      person,
      subjects: [subject],
      shown: { states: { 'childrens-social-care': 'involved-now', school: 'not-checked' } },
      freshness: { mosaic: { late: false } },
      generation: 1,
      requestId: got.body.requestId,
    });
    expect(related).toMatchObject({ action: 'viewed-relationships', person, outcome: 'nothing-found' });
    expect(JSON.stringify([viewed, related])).not.toMatch(/mill row|1990/i);
  });
});
