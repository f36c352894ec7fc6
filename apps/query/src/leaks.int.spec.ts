/** What must look exactly like something that is not there, over every address that could tell. */
import { randomUUID } from 'node:crypto';
import { apiPathsOf, pagePathsOf, said } from '../../../test/support/said-of-person.js';
import { QueryApp } from '../../../test/support/query-app.js';
import { address, born, madeUpName, madeUpPostcode, name, type StoredPeople } from '../../../test/support/stored-people.js';

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
    const nobody = { people: [], total: 0, narrowWords: null };
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
    const half = await people.record({ source: 'synergy', names: [name(family, 'Ada')], dateOfBirth: born('1901-01-02') });
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

describe('A confidential address', () => {
  it('appears nowhere, nor does the same place where another source states it openly', async () => {
    const [family, postcode, street] = [madeUpName(), madeUpPostcode(), madeUpName()];
    const hidden = [
      address(`1 ${street}`, postcode, { confidential: true, uprn: '100012345' }),
      address(`2 ${street}`, madeUpPostcode(), { kind: 'refuge' }),
    ];
    const open = address('4 Mill Row', 'NB4 2QT');
    const { person, subject } = await people.record({
      names: [name(family, 'Ada')],
      dateOfBirth: born('1990-01-02'),
      addresses: [...hidden, open],
    });
    await people.record({
      person,
      source: 'northbridge-homes',
      names: [name(family, 'Ada')],
      addresses: [address(`Flat 1, 1 ${street}`, postcode.toLowerCase()), address(`1 ${street}`, madeUpPostcode(), { uprn: '100012345' })],
    });
    await people.involvement(subject);
    const child = await people.record({ names: [name(family, 'Zoe')] });
    await people.link(child.subject, subject, 'parent');
    const answers = await Promise.all([
      ...[...apiPathsOf(person), ...pagePathsOf(person), ...apiPathsOf(child.person)].map((path) => app.get(path)),
      app.search({ familyName: family }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    for (const { text } of answers) {
      expect(text).not.toContain(street);
      expect(text.replaceAll(' ', '').toLowerCase()).not.toContain(postcode.replaceAll(' ', '').toLowerCase());
      expect(text).not.toContain('100012345');
    }
    expect(answers[0].text).toContain('4 Mill Row');
  });

  it('is found by no postcode search, although another source states it openly', async () => {
    const [family, postcode] = [madeUpName(), madeUpPostcode()];
    const { person } = await people.record({
      names: [name(family, 'Ada')],
      addresses: [address('1 High Street', postcode, { confidential: true })],
    });
    await people.record({ person, source: 'synergy', names: [name(family, 'Ada')], addresses: [address('1 High Street', postcode)] });
    expect(await resultOf({ familyName: family, postcode })).toEqual({ people: [], total: 0, narrowWords: null });
    expect(await resultOf({ familyName: family })).toMatchObject({ total: 1 });
  });
});

describe('A confidential address of which only the existence is kept, as the projector leaves it', () => {
  const withheld = { ...address('', ''), lines: [], postcode: null, kind: 'other' as const, confidential: true };

  it('is neither shown nor found by where another source states it openly', async () => {
    const [family, postcode, street] = [madeUpName(), madeUpPostcode(), madeUpName()];
    const names = [name(family, 'Ada')];
    const { person } = await people.record({ names, addresses: [withheld, address('4 Mill Row', 'NB4 2QT')] });
    await people.record({ person, source: 'northbridge-homes', names, addresses: [address(`1 ${street}`, postcode)] });
    for (const path of [...apiPathsOf(person), ...pagePathsOf(person)]) expect((await app.get(path)).text).not.toContain(street);
    expect(await resultOf({ familyName: family, postcode })).toMatchObject({ total: 0 });
    expect(await resultOf({ familyName: family, postcode: 'NB4 2QT' })).toMatchObject({
      total: 1,
      people: [{ address: '4 Mill Row, NB4 2QT' }],
    });
  });
});

describe('A reader whose role does not include families', () => {
  it('gets nothing over any address, and the attempt is recorded', async () => {
    const { person } = await people.record();
    for (const path of [...apiPathsOf(person), ...pagePathsOf(person)]) {
      const got = await app.get(path, 'ig.officer');
      expect(got.status).toBe(403);
      expect(got.text).not.toContain(person);
      expect(await app.auditOf(got)).toMatchObject([{ outcome: 'denied', reader: 'ig.officer', role: 'ig-officer', person }]);
    }
  });

  it('can’t search either', async () => {
    const got = await app.search({ familyName: 'Williams' }, 'ig.officer');
    expect(got.status).toBe(403);
    expect(await app.auditOf(got)).toMatchObject([{ action: 'searched', outcome: 'denied' }]);
  });

  it('learns nothing of who exists: a person there and one absent get the same bytes', async () => {
    const { person } = await people.record();
    const [there, absent] = [
      await app.get(`/v1/people/${person}`, 'ig.officer'),
      await app.get(`/v1/people/${randomUUID()}`, 'ig.officer'),
    ];
    expect(said(there)).toEqual(said(absent));
  });
});

describe('An error', () => {
  it.each(['/v1/people/%00', '/v1/people/1%27;--', '/v1/people/williams', '/v1/searches/williams', '/v1/nothing', '/people/williams'])(
    'quotes nothing that was asked: %s',
    async (path) => {
      const got = await app.get(path);
      expect(got.status).toBe(404);
      expect(got.text).not.toMatch(/williams|1'|;--/i);
    },
  );

  it.each([
    ['{"familyName": "Williams', 400],
    [JSON.stringify({ familyName: 'W'.repeat(100_000) }), 413],
  ])('of reading a body quotes none of it', async (body, status) => {
    const got = await app.send('/v1/searches', {
      method: 'POST',
      headers: { ...(await app.as('amara.okafor')), 'content-type': 'application/json' },
      body,
    });
    expect(got.status).toBe(status);
    expect(got.headers.get('content-type')).toContain('application/problem+json');
    expect(got.text).not.toMatch(/W/);
  });

  it('tells whoever is not signed in no more than that', async () => {
    const got = await app.send(`/v1/people/${randomUUID()}`, {});
    expect([got.status, got.body.type]).toEqual([401, 'urn:involvement-index:problem:not-signed-in']);
  });
});
