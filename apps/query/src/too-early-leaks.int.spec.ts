/** What only a service knows that is not shown yet at somebody's age tells nothing of them, and finds nobody. */
import { randomUUID } from 'node:crypto';
import { apiPathsOf, pagePathsOf, said } from '../../../test/support/said-of-person.js';
import { QueryApp } from '../../../test/support/query-app.js';
import { statementsSent } from '../../../test/support/statements-sent.js';
import { address, born, madeUpName, madeUpPostcode, name } from '../../../test/support/stored-people.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

const NOBODY = { people: [], total: 0, narrowWords: null };
const resultOf = async (terms: object) => (await app.search(terms)).body.result;

/** The police, who are shown from 18 on, know another name, another home and another year of this person. */
const withPolice = async (date: string, dated: object = {}) => {
  const [family, given, alias, postcode] = [madeUpName(), 'Ada', madeUpName(), madeUpPostcode()];
  const child = await app.people.record({ names: [name(family, given)], dateOfBirth: born(date), ...dated });
  const police = await app.people.record({
    person: child.person,
    source: 'niche',
    names: [name(family, given), { ...name(alias, given), kind: 'alias' }],
    dateOfBirth: born('1980-03-04'),
    addresses: [address('9 Far Lane', postcode)],
    identifiers: [{ type: 'cms', value: `P${alias}` }],
  });
  return { ...child, police: police.subject, family, given, alias, postcode };
};

describe('Of a child, what the police alone know', () => {
  it('finds nobody: no other name, postcode, date or year of birth, and the search is answered like one for nobody', async () => {
    const { family, given, alias, postcode } = await withPolice('2014-05-12');
    const never = madeUpName();
    const asked: [typed: object, nobody: object][] = [
      [{ familyName: alias }, { familyName: never }],
      [
        { familyName: alias, givenName: given, postcode },
        { familyName: never, givenName: given, postcode },
      ],
      [
        { familyName: family, postcode },
        { familyName: never, postcode },
      ],
      [
        { familyName: family, year: '1980' },
        { familyName: never, year: '1980' },
      ],
      [
        { familyName: family, dateOfBirth: '1980-03-04' },
        { familyName: never, dateOfBirth: '1980-03-04' },
      ],
    ];
    for (const [typed, nobody] of asked) {
      const results: unknown[] = [];
      const statementsOf = (terms: object) => statementsSent(app.env.READ_MODEL_URL!, async () => results.push(await resultOf(terms)));
      expect(await statementsOf(typed)).toEqual(await statementsOf(nobody));
      expect([typed, results]).toEqual([typed, [NOBODY, NOBODY]]);
    }
    expect(await resultOf({ familyName: family })).toMatchObject({ total: 1 });
    expect(await resultOf({ familyName: family, year: '2014' })).toMatchObject({ total: 1, people: [{ whyMatched: 'name' }] });
  });

  it('is counted with nobody, even where only the youngest 20 of many are shown', async () => {
    const { alias } = await withPolice('2014-05-12');
    for (let year = 1980; year < 2001; year += 1)
      await app.people.record({ names: [name(alias, 'Ada')], dateOfBirth: born(`${year}-01-02`) });
    expect(await resultOf({ familyName: alias })).toMatchObject({ total: 21 });
  });

  it('is on none of their pages, nor is it what they are called by, whoever said so last', async () => {
    const { person, alias, postcode } = await withPolice('2014-05-12');
    const changed = await app.people.record({ person, source: 'niche', names: [name(alias, 'Ada')], dateOfBirth: born('1980-03-04') });
    const paths = [...apiPathsOf(person), ...pagePathsOf(person)];
    for (const path of paths) {
      const { text } = await app.get(path);
      for (const word of [alias, alias.toUpperCase(), postcode, '9 Far Lane', '1980'])
        expect([path, text]).toEqual([path, expect.not.stringContaining(word)]);
    }
    expect(changed.person).toBe(person);
  });

  it('makes nobody known by itself: a child of whom nobody else knows is as absent as one who never was', async () => {
    const family = madeUpName();
    const { person } = await app.people.record({ source: 'niche', names: [name(family, 'Ada')], dateOfBirth: born('2014-05-12') });
    const absent = randomUUID();
    for (const path of [...apiPathsOf(person), ...pagePathsOf(person)]) {
      const [there, nobody] = [said(await app.get(path)), said(await app.get(path.replaceAll(person, absent)))];
      expect(JSON.stringify(there).replaceAll(person, absent)).toBe(JSON.stringify(nobody));
    }
    expect(await resultOf({ familyName: family })).toEqual(NOBODY);
  });

  it('still keeps a restriction and tells when they died', async () => {
    const died = await withPolice('2014-05-12', { deceasedOn: '2024-05-12' });
    expect((await app.get(`/v1/people/${died.person}`)).body.result.identity.deceasedOn).toBe('2024-05-12');
    await app.people.record({ person: died.person, source: 'niche', dateOfBirth: born('2014-05-12'), restriction: 'restricted' });
    expect((await app.get(`/v1/people/${died.person}`)).status).toBe(404);
  });
});

describe('What the police know', () => {
  it.each([
    ['of somebody grown up', born('1980-05-12')],
    ['of somebody who may be grown up', born('2008', 'year')],
  ])('finds them: %s', async (_, { date, precision }) => {
    const { person, family, alias, postcode } = await withPolice(date, { dateOfBirth: born(date, precision) });
    for (const typed of [{ familyName: alias }, { familyName: family, postcode }])
      expect(await resultOf(typed)).toMatchObject({ total: 1, people: [{ person }] });
  });

  it('finds somebody whose date of birth nobody has, as their age is not known', async () => {
    const family = madeUpName();
    const { person } = await app.people.record({ source: 'niche', names: [name(family, 'Ada')], dateOfBirth: null });
    expect(await resultOf({ familyName: family })).toMatchObject({ total: 1, people: [{ person }] });
  });
});
