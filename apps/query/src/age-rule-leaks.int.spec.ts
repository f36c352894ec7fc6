/** What only a service knows that is not shown at somebody's age, not yet or no more, tells nothing of them, and finds nobody. */
import { randomUUID } from 'node:crypto';
import { textOf } from '../../../test/support/pages.js';
import { apiPathsOf, pagePathsOf, said } from '../../../test/support/said-of-person.js';
import { QueryApp } from '../../../test/support/query-app.js';
import { statementsSent } from '../../../test/support/statements-sent.js';
import { address, born, madeUpName, madeUpPostcode, name } from '../../../test/support/stored-people.js';
import { londonDay } from './day-words.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

const NOBODY = { people: [], total: 0, atLeast: false, narrowWords: null, knownWords: null };
const resultOf = async (terms: object) => (await app.search(terms)).body.result;

/** The police, who are shown from 18 on, and youth offending, shown from 10 to 21. */
const POLICE = { source: 'niche', otherBirth: '1980-03-04' };
const YOUTH_OFFENDING = { source: 'childview', otherBirth: '2011-03-04' };

/** Such a service knows another name, another home and another year of this person. */
const knownTo = async ({ source, otherBirth }: typeof POLICE, date: string, dated: object = {}, known = born(otherBirth)) => {
  const [family, given, alias, postcode] = [madeUpName(), 'Ada', madeUpName(), madeUpPostcode()];
  const person = await app.people.record({ names: [name(family, given)], dateOfBirth: born(date), ...dated });
  await app.people.record({
    person: person.person,
    source,
    names: [name(family, given), { ...name(alias, given), kind: 'alias' }],
    dateOfBirth: known,
    addresses: [address('9 Far Lane', postcode)],
    identifiers: [{ type: 'cms', value: `P${alias}` }],
  });
  return { ...person, family, given, alias, postcode };
};

describe.each([
  ['Of a child, what the police', POLICE, '2014-05-12'],
  ['Of somebody grown up, what youth offending', YOUTH_OFFENDING, '1980-05-12'],
])('%s alone know', (_, service, date) => {
  const { source, otherBirth } = service;
  const otherYear = otherBirth.slice(0, 4);

  it('finds nobody: no other name, postcode, date or year of birth, and the search is answered like one for nobody', async () => {
    const { family, given, alias, postcode } = await knownTo(service, date);
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
        { familyName: family, year: otherYear },
        { familyName: never, year: otherYear },
      ],
      [
        { familyName: family, dateOfBirth: otherBirth },
        { familyName: never, dateOfBirth: otherBirth },
      ],
    ];
    for (const [typed, nobody] of asked) {
      const results: unknown[] = [];
      const statementsOf = (terms: object) => statementsSent(app.env.READ_MODEL_URL!, async () => results.push(await resultOf(terms)));
      expect(await statementsOf(typed)).toEqual(await statementsOf(nobody));
      expect([typed, results]).toEqual([typed, [NOBODY, NOBODY]]);
    }
    expect(await resultOf({ familyName: family })).toMatchObject({ total: 1 });
    expect(await resultOf({ familyName: family, year: date.slice(0, 4) })).toMatchObject({
      total: 1,
      people: [{ whyMatched: 'name, year of birth' }],
    });
  });

  it('is no reason to be found: beside a year that may be told, nothing says that they know the day', async () => {
    const { person, family, given } = await knownTo(service, date);
    await app.people.record({ person, source: 'liquidlogic', names: [name(family, given)], dateOfBirth: born(otherYear, 'year') });
    expect(await resultOf({ familyName: family, dateOfBirth: otherBirth })).toMatchObject({
      people: [{ whyMatched: `name, date of birth in another record, known only as ${otherYear}` }],
    });
  });

  it('is counted with nobody, even where only the youngest 20 of many are shown', async () => {
    const { alias } = await knownTo(service, date);
    for (let year = 1980; year < 2001; year += 1)
      await app.people.record({ names: [name(alias, 'Ada')], dateOfBirth: born(`${year}-01-02`) });
    expect(await resultOf({ familyName: alias })).toMatchObject({ total: 21 });
  });

  it('is on none of their pages, nor is it what they are called by, whoever said so last', async () => {
    const { person, alias, postcode } = await knownTo(service, date);
    const changed = await app.people.record({ person, source, names: [name(alias, 'Ada')], dateOfBirth: born(otherBirth) });
    const paths = [...apiPathsOf(person), ...pagePathsOf(person)];
    for (const path of paths) {
      const { text } = await app.get(path);
      for (const word of [alias, alias.toUpperCase(), postcode, '9 Far Lane', otherYear])
        expect([path, text]).toEqual([path, expect.not.stringContaining(word)]);
    }
    expect(changed.person).toBe(person);
  });

  it('makes nobody known by itself: somebody of whom nobody else knows is as absent as one who never was', async () => {
    const family = madeUpName();
    const { person } = await app.people.record({ source, names: [name(family, 'Ada')], dateOfBirth: born(date) });
    const absent = randomUUID();
    for (const path of [...apiPathsOf(person), ...pagePathsOf(person)]) {
      const [there, nobody] = [said(await app.get(path)), said(await app.get(path.replaceAll(person, absent)))];
      expect(JSON.stringify(there).replaceAll(person, absent)).toBe(JSON.stringify(nobody));
    }
    expect(await resultOf({ familyName: family })).toEqual(NOBODY);
  });

  it('still keeps a restriction and tells when they died', async () => {
    const died = await knownTo(service, date, { deceasedOn: '2024-05-12' });
    expect((await app.get(`/v1/people/${died.person}`)).body.result.identity.deceasedOn).toBe('2024-05-12');
    await app.people.record({ person: died.person, source, dateOfBirth: born(date), restriction: 'restricted' });
    expect((await app.get(`/v1/people/${died.person}`)).status).toBe(404);
  });
});

describe('What such a service knows', () => {
  /** So many years ago today, and so many days later. */
  const ago = (years: number, days = 0) => {
    const [year, rest] = [Number(londonDay(Date.now()).slice(0, 4)), londonDay(Date.now()).slice(4)];
    return new Date(Date.parse(`${year - years}${rest === '-02-29' ? '-02-28' : rest}`) + days * 86_400_000).toISOString().slice(0, 10);
  };
  const isTold = async (service: typeof POLICE, date: string, precision: Parameters<typeof born>[1]) => {
    const { person, family, alias, postcode } = await knownTo(
      service,
      date,
      { dateOfBirth: born(date, precision) },
      born(service.otherBirth.slice(0, 4), 'year'),
    );
    const found = await Promise.all([{ familyName: alias }, { familyName: family, postcode }].map(resultOf));
    const { otherNames } = (await app.get(`/v1/people/${person}`)).body.result.identity;
    const [page, why] = await Promise.all(['', '/why'].map(async (part) => textOf((await app.get(`/people/${person}${part}`)).text)));
    const records = /(\w+) records? (?:is|are) shown as this person/.exec(why!)![1];
    return [...found.map(({ total }) => total), otherNames.map(({ source }) => source), page!.includes(alias.toUpperCase()), records];
  };

  it.each([
    ['of somebody grown up', POLICE, '1980-05-12', 'day'],
    ['of somebody who may be grown up', POLICE, '2008', 'year'],
    ['of somebody in their teens', YOUTH_OFFENDING, ago(15), 'day'],
    ['of somebody who is 21 for one more day', YOUTH_OFFENDING, ago(22, 1), 'day'],
    ['of somebody who may be 21', YOUTH_OFFENDING, ago(22, 1).slice(0, 4), 'year'],
    ['of somebody who may be 21, by the month', YOUTH_OFFENDING, ago(22, 31).slice(0, 7), 'month'],
    ['of somebody who was expected long ago, and may never have been born then', YOUTH_OFFENDING, ago(30), 'expected'],
  ] as const)('is told, and finds them: %s', async (_, service, date, precision) => {
    expect(await isTold(service, date, precision)).toEqual([1, 1, [service.source], true, '2']);
  });

  it.each([
    ['of somebody who is 18 tomorrow', POLICE, ago(18, 1), 'day'],
    ['of somebody who is 22 today', YOUTH_OFFENDING, ago(22), 'day'],
    ['of somebody who is 22 at least', YOUTH_OFFENDING, ago(23).slice(0, 4), 'year'],
    ['of somebody who is 22 at least, by the month', YOUTH_OFFENDING, ago(22, -31).slice(0, 7), 'month'],
    ['of a child too young for it', YOUTH_OFFENDING, ago(9), 'day'],
  ] as const)('is not told, and finds nobody: %s', async (_, service, date, precision) => {
    expect(await isTold(service, date, precision)).toEqual([0, 0, [], false, 'One']);
  });

  it.each([POLICE, YOUTH_OFFENDING])('finds somebody whose date of birth nobody has, as their age is not known: %o', async ({ source }) => {
    const family = madeUpName();
    const { person } = await app.people.record({ source, names: [name(family, 'Ada')], dateOfBirth: null });
    expect(await resultOf({ familyName: family })).toMatchObject({ total: 1, people: [{ person }] });
  });
});
