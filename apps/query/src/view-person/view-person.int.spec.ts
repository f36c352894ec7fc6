import { randomUUID } from 'node:crypto';
import { textOf } from '../../../../test/support/pages.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { address, born, madeUpName, madeUpPostcode, name, type StoredPeople } from '../../../../test/support/stored-people.js';

let app: QueryApp;
let people: StoredPeople;
beforeAll(async () => {
  app = await QueryApp.open();
  people = app.people;
});
afterAll(() => app?.close());

const page = async (person: string) => (await app.get(`/v1/people/${person}`)).body.result;
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
      source: 'liquidlogic',
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
        { database: 'LiquidLogic', family, given: ['Catherine'] },
      ],
      birth: { date: '1992', estimated: false, words: '1992' },
      otherBirths: [{ database: 'LiquidLogic', words: 'about 3 Feb 1992' }],
      gender: 'Female',
      address: { words: '4 Mill Row, NB4 2QT', database: 'Mosaic', from: '2026-09-03' },
      otherAddresses: [
        { words: '1 Old Street, NB1 1AA', database: 'Mosaic', to: '2026-09-02' },
        { words: '19 Canal Street, NB1 7AH', database: 'LiquidLogic' },
      ],
      caseIds: [recordId],
      flags: ['Date of birth estimated (LiquidLogic)'],
    });
  });

  it('lives at one place on one line, with and without the town, and a flat of the house is another', async () => {
    const before = address('1 Canal Row', 'NB9 1AA', { from: '2010-01-02' });
    const { person } = await people.record({
      ...identified(),
      addresses: [before, address('7 Weir Cottages', 'NB9 3TD', { from: '2020-01-02' })],
    });
    const addresses = [
      { ...address('', 'NB9 3TD'), lines: ['7 Weir Cottages', 'Northbridge'], from: '2020-01-02' },
      address('Flat 2, 7 Weir Cottages', 'NB9 3TD'),
    ];
    await people.record({ person, source: 'liquidlogic', names: [], addresses });
    const text = textOf((await app.get(`/people/${person}`)).text);
    expect(text).toMatch(
      /Lives at 7 Weir Cottages, NB9 3TD from Mosaic and LiquidLogic, since 2 Jan 2020 Also recorded at 1 Canal Row, NB9 1AA from Mosaic, since 2 Jan 2010 Flat 2, 7 Weir Cottages, NB9 3TD from LiquidLogic, as/,
    );
    expect(text).not.toContain('Northbridge, NB9 3TD');
    const { address: current, otherAddresses } = (await page(person)).identity;
    const places = [current!, ...otherAddresses].map(({ place }) => place);
    expect(places.map((place) => places.indexOf(place))).toEqual([0, 1, 0, 3]);
  });

  it('does not tell of a child what only a service for adults wrote down, and tells it of the same person grown up', async () => {
    const known = async (year: string) => {
      const family = madeUpName();
      const { person } = await people.record({ names: [name(family, 'Sam')], dateOfBirth: born(`${year}-03-04`), addresses: [] });
      await people.record({
        person,
        source: 'niche',
        names: [name(family, 'Sammy')],
        dateOfBirth: born(`${year}-03-04`),
        addresses: [address('7 Dock Street', 'NB2 2BB')],
      });
      return (await page(person)).identity;
    };
    expect(JSON.stringify(await known('2015'))).not.toMatch(/Niche|Sammy|Dock Street/);
    expect(await known('1990')).toMatchObject({ otherNames: [{ database: 'Niche', given: ['Sammy'] }], address: { database: 'Niche' } });
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

describe('Related individuals', () => {
  it('are told from both sides of a link, with the right name for each side', async () => {
    const child = await people.record({ names: [name('Williams', 'Tommy')] });
    const mother = await people.record({ names: [name('Williams', 'Kate')] });
    await people.link(child.subject, mother.subject, 'parent', { mainCarer: true, parentalResponsibility: true });
    expect((await page(child.person)).related).toMatchObject([
      {
        person: mother.person,
        title: 'WILLIAMS, Kate',
        relationshipWords: 'Mother',
        inverseWords: 'Child',
        mainCarer: true,
        isTheirMainCarer: false,
        database: 'Mosaic',
      },
    ]);
    expect((await page(mother.person)).related).toMatchObject([
      {
        person: child.person,
        relationshipWords: 'Child',
        inverseWords: 'Mother',
        mainCarer: false,
        isTheirMainCarer: true,
        hasResponsibilityForThem: true,
      },
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
