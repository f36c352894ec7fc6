/** The journey that goes by a child first: children are found, and one hop on from a child there is an end. */
import { randomUUID } from 'node:crypto';
import { changedAuthority } from '../../../../test/support/changed-authority.js';
import { type Got, QueryApp } from '../../../../test/support/query-app.js';
import { born, madeUpName, name, type StoredPeople, type StoredRecordOptions } from '../../../../test/support/stored-people.js';
import { textOf } from '../../../../test/support/pages.js';
import { asMachine } from '../../../../test/support/tokens.js';

let app: QueryApp;
let people: StoredPeople;
beforeAll(async () => {
  app = await QueryApp.open({ AUTHORITY_FILE: changedAuthority({ journeys: ['child-first'] }) });
  people = app.people;
});
afterAll(() => app?.close());

const yearsAgo = (years: number, days = 0) => {
  const today = new Date(Date.now() + days * 86_400_000);
  return `${today.getUTCFullYear() - years}${today.toISOString().slice(4, 10)}`;
};
/** A child with a mother, who has a mother of her own. */
async function family() {
  const surname = madeUpName();
  const child = await people.record({ names: [name(surname, 'Tommy')], dateOfBirth: born('2015-05-12'), gender: 'male' });
  const mother = await people.record({ names: [name(surname, 'Kate')], dateOfBirth: born('1992-02-03') });
  const grandmother = await people.record({ names: [name(surname, 'Joan')], dateOfBirth: born('1960-02-03') });
  await people.link(child.subject, mother.subject, 'parent');
  await people.link(mother.subject, grandmother.subject, 'parent');
  await people.involvement(mother.subject, { source: 'cis', service: 'adult-social-care' });
  return { surname, child: child.person, mother: mother.person, grandmother: grandmother.person, subjects: { child, mother, grandmother } };
}

const PARTS = ['', '/relationships', '/services/adult-social-care', '/family', '/contacts', '/addresses'];
const PAGES = ['', '/services/adult-social-care', '/panels/adult-social-care', '/family', '/contacts', '/addresses'];
/** Every address of a person by some way. */
const addressesOf = (person: string, query: string) => [
  ...PARTS.map((part) => `/v1/people/${person}${part}${query}`),
  ...PAGES.map((part) => `/people/${person}${part}${query}`),
];
const statusesOf = async (paths: string[]) => Promise.all(paths.map(async (path) => [path, (await app.get(path)).status]));
const said = ({ status, headers, text }: Got) => ({
  status,
  text,
  headers: Object.fromEntries([...headers].filter(([header]) => header !== 'date' && header !== 'x-request-id')),
});

describe('Child first, a search', () => {
  it('finds the child and not the adults of the same name, and counts nobody else', async () => {
    const { surname, child } = await family();
    const { people: found, total } = (await app.search({ familyName: surname })).body.result;
    expect([found.map(({ person }) => person), total]).toEqual([[child], 1]);
  });

  it('by case ID leads straight to a child, and for an adult finds nobody', async () => {
    const { child, mother } = (await family()).subjects;
    const at = async (caseId: string) => app.get(`/search/${(await app.keep({ caseId })).body.id}`);
    expect((await at(child.recordId)).headers.get('location')).toBe(`/people/${child.person}?child=${child.person}`);
    const adult = await at(mother.recordId);
    expect([adult.status, adult.text]).toEqual([200, expect.stringContaining('This search finds children only')]);
    expect(adult.text).not.toContain(mother.person);
  });

  it('by a link from the case management system leads to a child as well, and for an adult to nobody', async () => {
    const { child, mother } = (await family()).subjects;
    const follow = async (caseId: string) => {
      const headers = { ...(await asMachine()), 'content-type': 'application/json' };
      const { body } = await app.send('/v1/links', { method: 'POST', headers, body: JSON.stringify({ caseId }) });
      return app.get(`/links/${body.id}`);
    };
    expect((await follow(child.recordId)).headers.get('location')).toBe(`/people/${child.person}?child=${child.person}`);
    expect((await follow(mother.recordId)).status).toBe(404);
  });

  it('can’t be asked to find anybody', async () => {
    const got = await app.keep({ familyName: 'Williams', journey: 'search-any' });
    expect([got.status, got.body.type]).toEqual([400, 'urn:involvement-index:problem:search-not-offered']);
    const { surname } = await family();
    const form = await app.sendForm('/search', { by: 'names', familyName: surname, journey: 'search-any' });
    expect(form.status).toBe(404);
  });
});

describe('Who counts as a child', () => {
  const situations: [string, StoredRecordOptions, boolean][] = [
    ['born 18 years ago tomorrow', { dateOfBirth: born(yearsAgo(18, 1)) }, true],
    ['18 today', { dateOfBirth: born(yearsAgo(18)) }, false],
    ['unborn', { dateOfBirth: born('2099-01-01', 'expected') }, true],
    ['of whom only a year is known that may make them 17', { dateOfBirth: born(yearsAgo(18).slice(0, 4), 'year') }, true],
    ['of whom only a year is known that makes them 19', { dateOfBirth: born(yearsAgo(20).slice(0, 4), 'year') }, false],
    ['who died as a child', { dateOfBirth: born('1990-01-01'), deceasedOn: '2000-01-01' }, true],
    ['who died grown up', { dateOfBirth: born('1950-01-01'), deceasedOn: '2000-01-01' }, false],
    ['without a date of birth, known to a school', { dateOfBirth: null, source: 'synergy' }, true],
    ['without a date of birth, known to adult social care', { dateOfBirth: null, source: 'cis' }, false],
  ];
  it.each(situations)('somebody %s', async (_, record, child) => {
    const surname = madeUpName();
    const { person } = await people.record({ names: [name(surname, 'Sam')], ...record });
    expect((await app.search({ familyName: surname })).body.result.total).toBe(child ? 1 : 0);
    expect((await app.get(`/v1/people/${person}`)).status).toBe(child ? 200 : 404);
  });

  it('nobody without a date of birth who is recorded as somebody’s parent, from whichever side', async () => {
    for (const [link, back] of [
      ['parent', false],
      ['child', true],
    ] as const) {
      const parent = await people.record({ dateOfBirth: null });
      const child = await people.record({ dateOfBirth: born('2015-01-01') });
      await (back ? people.link(parent.subject, child.subject, link) : people.link(child.subject, parent.subject, link));
      expect((await app.get(`/v1/people/${parent.person}`)).status).toBe(404);
    }
  });

  it('whoever one of several dates of birth makes a child: nobody is missed for a wrong one', async () => {
    const { person } = await people.record({ dateOfBirth: born('1980-01-01') });
    await people.record({ person, source: 'synergy', dateOfBirth: born('2015-01-01') });
    expect((await app.get(`/v1/people/${person}`)).status).toBe(200);
  });
});

describe('Child first, a person', () => {
  it('is opened as the child themself', async () => {
    const { child } = await family();
    for (const query of ['', `?child=${child}`]) {
      expect(await statusesOf(addressesOf(child, query))).toEqual(addressesOf(child, query).map((path) => [path, 200]));
    }
  });

  it('is opened one hop from the child, with what they are to them and nobody of their own', async () => {
    const { child, mother, surname } = await family();
    const got = await app.get(`/v1/people/${mother}?child=${child}`);
    expect(got.body.result).toMatchObject({ related: [], reachedFrom: { person: child, relationshipWords: ['Mother'] } });
    expect(await app.auditOf(got)).toMatchObject([
      { action: 'viewed-person', person: mother, outcome: 'done' },
      { action: 'viewed-relationships', person: mother, shown: { of: child } },
    ]);
    const { text } = await app.get(`/people/${mother}?child=${child}`);
    expect(text).toContain(`Mother of <strong>${surname.toUpperCase()}, Tommy</strong>`);
    expect(text).not.toContain('Joan');
    expect((await app.get(`/v1/people/${mother}/services/adult-social-care?child=${child}`)).body.result.involvements).toHaveLength(1);
    expect((await app.get(`/people/${mother}/addresses?child=${child}`)).status).toBe(200);
  });

  it('is not opened at all by another way: as an adult, through an adult, two hops on, or through a stranger’s child', async () => {
    const { child, mother, grandmother } = await family();
    const stranger = await family();
    const ways = [
      ...addressesOf(mother, ''),
      ...addressesOf(mother, `?child=${mother}`),
      ...addressesOf(grandmother, `?child=${mother}`),
      ...addressesOf(grandmother, `?child=${child}`),
      ...addressesOf(mother, `?child=${stranger.child}`),
      ...addressesOf(mother, `?child=${randomUUID()}`),
      ...addressesOf(mother, '?child=williams'),
      // From one hop on there is no next one: no relationships, no family, no contacts around it.
      ...['/relationships', '/family', '/contacts'].map((part) => `/v1/people/${mother}${part}?child=${child}`),
      ...['/family', '/contacts'].map((part) => `/people/${mother}${part}?child=${child}`),
    ];
    expect(await statusesOf(ways)).toEqual(ways.map((path) => [path, 404]));
  });

  it('who may not be seen by this way, who is restricted and who is absent get the same bytes', async () => {
    const { child, grandmother, subjects } = await family();
    const restricted = await people.record({ restriction: 'restricted' });
    await people.link(subjects.child.subject, restricted.subject, 'sibling');
    const query = `?child=${child}`;
    const absent = addressesOf(randomUUID(), query);
    for (const [at, path] of addressesOf(restricted.person, query).entries()) {
      const never = said(await app.get(absent[at]!));
      expect(said(await app.get(path))).toEqual(never);
      expect(said(await app.get(addressesOf(grandmother, query)[at]!))).toEqual(never);
    }
  });

  it('is not opened through a restricted child', async () => {
    const mother = await people.record({ dateOfBirth: born('1990-01-01') });
    const child = await people.record({ dateOfBirth: born('2015-01-01'), restriction: 'restricted' });
    await people.link(child.subject, mother.subject, 'parent');
    const query = `?child=${child.person}`;
    const answers = await statusesOf([...addressesOf(mother.person, query), ...addressesOf(child.person, query)]);
    expect(answers.map(([, status]) => status)).toEqual(answers.map(() => 404));
  });

  it('is not opened any more once the link has ended', async () => {
    const child = await people.record({ dateOfBirth: born('2015-01-01') });
    const mother = await people.record({ dateOfBirth: born('1990-01-01') });
    await people.link(child.subject, mother.subject, 'parent', { status: 'ended' });
    expect((await app.get(`/v1/people/${mother.person}?child=${child.person}`)).status).toBe(404);
  });

  it('with an id no longer used leads to the one used now, through the same child, and an adult’s old id leads nowhere', async () => {
    const { child, mother } = await family();
    const [oldChild, oldMother] = [randomUUID(), randomUUID()];
    await people.redirect(oldChild, child);
    await people.redirect(oldMother, mother);
    const { status, headers } = await app.get(`/v1/people/${oldMother}/addresses?child=${oldChild}`);
    expect([status, headers.get('location')]).toEqual([307, `/v1/people/${mother}/addresses?child=${child}`]);
    expect((await app.get(`/people/${oldMother}?child=${child}`)).headers.get('location')).toBe(`/people/${mother}?child=${child}`);
    expect((await app.get(`/v1/people/${oldMother}`)).status).toBe(404);
  });

  it('leaves the child behind among whom one viewed, and every way back and on leads through the child', async () => {
    const { child, mother, subjects } = await family();
    await people.onCaseloadOf('amara.okafor', subjects.mother.subject);
    await people.onCaseloadOf('amara.okafor', subjects.child.subject);
    const { text } = await app.get(`/people/${mother}?child=${child}`);
    expect(text).toContain(`href="/people/${mother}/known?child=${child}"`);
    expect((await app.get(`/people/${mother}/known?child=${child}`)).text).toContain(`href="/people/${mother}?child=${child}"`);
    expect((await app.get(`/people/${child}`)).text).toContain('href="/search?journey=child-first"');
    const caseload = await app.get('/caseload');
    expect(caseload.text).toContain(`href="/people/${child}?from=caseload"`);
    expect((await app.get(`/people/${child}?from=caseload`)).text).toContain('href="/caseload" class="govuk-back-link">My caseload');
    expect(caseload.text).not.toContain(mother);
    expect(textOf(caseload.text)).toContain('Only children are listed');
  });

  it('has, as a child, a family one hop wide: a grandmother is not in it', async () => {
    const { child, mother } = await family();
    const got = await app.get(`/v1/people/${child}/family`);
    expect(got.body.result.members.map(({ person }) => person)).toEqual([child, mother]);
    expect((await app.get(`/people/${child}/family`)).text).toContain(`href="/people/${mother}?child=${child}"`);
  });
});
