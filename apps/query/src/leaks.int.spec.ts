/** What must look exactly like something that is not there, over every address that could tell. */
import { randomUUID } from 'node:crypto';
import { apiPathsOf, pagePathsOf, said } from '../../../test/support/said-of-person.js';
import { QueryApp } from '../../../test/support/query-app.js';
import { born, madeUpName, name, type StoredPeople } from '../../../test/support/stored-people.js';

let app: QueryApp;
let people: StoredPeople;
beforeAll(async () => {
  app = await QueryApp.open();
  people = app.people;
});
afterAll(() => app?.close());

/** Answers to the same search at another moment differ in these alone. */
const resultOf = async (terms: object) => (await app.search(terms)).body.result;

describe('A restricted person', () => {
  const restricted = async () => {
    const [family, given] = [madeUpName(), madeUpName()];
    const child = await people.record({ names: [name(family, given)], dateOfBirth: born('2012-05-12'), restriction: 'restricted' });
    const school = await people.record({
      person: child.person,
      source: 'synergy',
      names: [name(family, given)],
      dateOfBirth: born('2012-05-12'),
    });
    await people.involvement(child.subject);
    return { ...child, family, given, school };
  };

  it('is answered for with the same bytes as somebody who was never there, over REST and on pages', async () => {
    const { person } = await restricted();
    const absent = randomUUID();
    for (const [at, path] of [...apiPathsOf(person), ...pagePathsOf(person)].entries()) {
      const never = [...apiPathsOf(absent), ...pagePathsOf(absent)][at]!;
      const shown = said(await app.get(path));
      expect(shown.status).toBe(404);
      expect(shown).toEqual(said(await app.get(never)));
    }
  });

  it('is found by no search, although another source does not restrict them', async () => {
    const { family, given, recordId } = await restricted();
    const nobody = { people: [], total: 0, atLeast: false, narrowWords: null, knownWords: null };
    expect(await resultOf({ familyName: family, givenName: given })).toEqual(nobody);
    expect(await resultOf({ familyName: family, dateOfBirth: '2012-05-12' })).toEqual(nobody);
    expect(await resultOf({ caseId: recordId })).toEqual(nobody);
  });

  it('is not counted among those found', async () => {
    const { family } = await restricted();
    const sister = await people.record({ names: [name(family, 'Ada')] });
    expect(await resultOf({ familyName: family })).toMatchObject({ total: 1, people: [{ person: sister.person }] });
  });

  it('is not counted even where only the youngest 20 of many are shown', async () => {
    const family = madeUpName();
    for (let year = 1990; year < 2011; year += 1) await people.record({ names: [name(family, 'Ada')], dateOfBirth: born(`${year}-01-02`) });
    await people.record({ names: [name(family, 'Ada')], dateOfBirth: born('1900-01-02'), restriction: 'restricted' });
    const successor = await people.record({ names: [name(family, 'Ada')], dateOfBirth: born('1901-01-02') });
    await people.record({ dateOfBirth: null, restriction: 'restricted', replacedBy: successor.subject, replacedAt: 3 });
    const half = await people.record({ source: 'liquidlogic', names: [name(family, 'Ada')], dateOfBirth: born('1901-01-02') });
    await people.record({ person: half.person, dateOfBirth: born('1901-01-02'), restriction: 'sealed' });
    expect(await resultOf({ familyName: family })).toMatchObject({ total: 21 });
  });

  it('is nobody’s relative', async () => {
    const { subject } = await restricted();
    const mother = await people.record();
    await people.link(subject, mother.subject, 'parent');
    expect((await app.get(`/v1/people/${mother.person}`)).body.result.related).toEqual([]);
    expect((await app.get(`/v1/people/${mother.person}/relationships`)).body.result.related).toEqual([]);
    expect((await app.get(`/v1/people/${mother.person}/family`)).body.result.members).toHaveLength(1);
    expect((await app.get(`/v1/people/${mother.person}/contacts`)).body.result.people).toHaveLength(1);
  });

  it('stays restricted when the source replaces or withdraws the record', async () => {
    const successor = await people.record();
    await people.record({ restriction: 'sealed', replacedBy: successor.subject, replacedAt: 3 });
    expect((await app.get(`/v1/people/${successor.person}`)).status).toBe(404);
    expect(await resultOf({ caseId: successor.recordId })).toMatchObject({ total: 0 });
    const { person, recordId } = await people.record({ source: 'mosaic' });
    await people.record({ person, source: 'synergy', restriction: 'restricted', present: false, removedReason: 'withdrawn' });
    expect((await app.get(`/v1/people/${person}`)).status).toBe(404);
    expect(await resultOf({ caseId: recordId })).toMatchObject({ total: 0 });
  });

  it('is not led to by an id that is no longer used', async () => {
    const { person } = await restricted();
    const retired = randomUUID();
    await people.redirect(retired, person);
    for (const path of apiPathsOf(retired)) expect((await app.get(path)).status).toBe(404);
  });

  it('was a mistake when the restricted record was entered in error: then the person is there', async () => {
    const { person } = await people.record();
    await people.record({ person, source: 'synergy', restriction: 'restricted', present: false, removedReason: 'entered-in-error' });
    expect((await app.get(`/v1/people/${person}`)).status).toBe(200);
  });
});

describe('A record that may be a restricted person’s although nobody has matched them yet', () => {
  const NHS = '9990000018';
  it.each<[string, (of: { who: object; caseId: string }) => object]>([
    ['with the same name and date of birth', ({ who }) => who],
    ['with the same NHS number', () => ({ identifiers: [{ type: 'nhs', value: NHS }] })],
    ['with the same pupil number', () => ({ identifiers: [{ type: 'upn', value: 'A123' }] })],
    ['with their case ID', ({ caseId }) => ({ identifiers: [{ type: 'cms', value: caseId }] })],
  ])('is looked for in vain: %s', async (_, like) => {
    const who = { names: [name(madeUpName(), 'Sofia')], dateOfBirth: born('2017-06-20') };
    const identifiers = [
      { type: 'nhs' as const, value: NHS },
      { type: 'upn' as const, value: 'A123' },
    ];
    const hidden = await people.record({ ...who, identifiers, restriction: 'restricted' });
    const family = madeUpName();
    const shown = { names: [name(family, 'Sofia')], dateOfBirth: born('2017-06-20') };
    const sibling = await people.record({ source: 'synergy', ...shown, ...like({ who, caseId: hidden.recordId }) });
    const mother = await people.record();
    await people.link(sibling.subject, mother.subject, 'parent');
    await people.onCaseloadOf('amara.okafor', sibling.subject);
    const absent = randomUUID();
    for (const ask of [app.getUnasked.bind(app), app.get.bind(app)])
      for (const path of [...apiPathsOf(sibling.person), ...pagePathsOf(sibling.person)]) {
        const there = said(await ask(path));
        const nobody = said(await ask(path.replaceAll(sibling.person, absent)));
        expect(JSON.stringify(there).replaceAll(sibling.person, absent)).toBe(JSON.stringify(nobody));
      }
    for (const { family: familyName } of [shown.names[0]!, who.names[0]!])
      expect(await resultOf({ familyName: familyName! })).toEqual({
        people: [],
        total: 0,
        atLeast: false,
        narrowWords: null,
        knownWords: null,
      });
    expect((await app.get(`/v1/people/${mother.person}`)).body.result.related).toEqual([]);
    expect((await app.get(`/v1/people/${mother.person}/family`)).body.result.members).toHaveLength(1);
    await people.record({
      ...who,
      subject: hidden.subject,
      recordId: hidden.recordId,
      person: hidden.person,
      identifiers,
      restriction: 'none',
    });
    expect((await app.get(`/v1/people/${sibling.person}`)).status).toBe(200);
  });

  it.each([
    ['Thomas', 'Tommy', 404],
    ['Liz', 'Elizabeth', 404],
    ['Alex', 'Alexandra', 404],
    ['Albert', 'Alexander', 200],
    ['Thomas', 'Zebedee', 200],
  ])('is hidden by a short form of the name as by the name itself: %s and %s', async (restricted, shown, status) => {
    const [family, dateOfBirth] = [madeUpName(), born('2017-06-20')];
    await people.record({ names: [name(family, restricted)], dateOfBirth, restriction: 'restricted' });
    const { person } = await people.record({ source: 'synergy', names: [name(family, shown)], dateOfBirth });
    expect((await app.get(`/v1/people/${person}`)).status).toBe(status);
    expect(await resultOf({ familyName: family })).toMatchObject({ total: status === 200 ? 1 : 0 });
  });

  it('is another person’s where both have a right NHS number and they differ, and where only the day of birth or the name is the same', async () => {
    const who = { names: [name(madeUpName(), 'Sofia')], dateOfBirth: born('2017-06-20') };
    await people.record({ ...who, identifiers: [{ type: 'nhs', value: '9990000026' }], restriction: 'restricted' });
    for (const other of [
      { ...who, identifiers: [{ type: 'nhs' as const, value: '9434765919' }] },
      { ...who, names: [name(madeUpName(), 'Sofia')] },
      { ...who, dateOfBirth: born('2017-06-21') },
    ])
      expect((await app.get(`/v1/people/${(await people.record(other)).person}`)).status).toBe(200);
    const wrong = await people.record({ ...who, identifiers: [{ type: 'nhs', value: '9434765918' }] });
    expect((await app.get(`/v1/people/${wrong.person}`)).status).toBe(404);
  });
});

describe('Two records that somebody has decided to be of two people', () => {
  const pair = async () => {
    const who = { names: [name(madeUpName(), 'Sofia')], dateOfBirth: born('2017-06-20') };
    const hidden = await people.record({ ...who, restriction: 'restricted' });
    return { who, hidden, other: await people.record({ source: 'synergy', ...who }) };
  };
  const there = async (person: string, { family: familyName }: { family: string | null }) => [
    (await app.get(`/v1/people/${person}`)).status,
    (await app.search({ familyName })).body.result.total,
  ];

  it('are not hidden with each other any more, until it is taken back', async () => {
    const { who, hidden, other } = await pair();
    expect(await there(other.person, who.names[0]!)).toEqual([404, 0]);
    await people.keepApart(hidden.subject, other.subject);
    expect(await there(other.person, who.names[0]!)).toEqual([200, 1]);
    expect((await app.get(`/v1/people/${hidden.person}`)).status).toBe(404);
    await people.keepApart(hidden.subject, other.subject, false);
    expect(await there(other.person, who.names[0]!)).toEqual([404, 0]);
  });

  it('say nothing of a third that is like them, and the third may be restricted by hand and hide them again', async () => {
    const { who, hidden, other } = await pair();
    const third = await people.record({ source: 'cluster-lists', ...who });
    await people.keepApart(hidden.subject, other.subject);
    expect((await app.get(`/v1/people/${third.person}`)).status).toBe(404);
    expect(await there(other.person, who.names[0]!)).toEqual([200, 1]);
    await people.restrictByHand(third.subject);
    expect(await there(other.person, who.names[0]!)).toEqual([404, 0]);
    await people.keepApart(third.subject, other.subject);
    expect(await there(other.person, who.names[0]!)).toEqual([200, 1]);
  });

  it('are hidden by a number in common no more than by name', async () => {
    const identifiers = [{ type: 'upn' as const, value: 'A987654' }];
    const hidden = await people.record({ identifiers, restriction: 'restricted' });
    const other = await people.record({ source: 'liquidlogic', identifiers });
    expect((await app.get(`/v1/people/${other.person}`)).status).toBe(404);
    await people.keepApart(hidden.subject, other.subject);
    expect((await app.get(`/v1/people/${other.person}`)).status).toBe(200);
  });
});
