/** Who may be the same person is one rule, in the same words, wherever two people meet. */
import { textOf } from '../../../test/support/pages.js';
import { QueryApp } from '../../../test/support/query-app.js';
import { address, born, madeUpName, madeUpPostcode, name, type StoredRecordOptions } from '../../../test/support/stored-people.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

const NHS = ['9990000018', '9990000042'] as const;
const nhs = (value: string) => [{ type: 'nhs' as const, value }];
const given = 'Thomas';
/** By a system, where no date of birth is known. */
const FILLED_IN = born('1900-01-01');
/** Its source says that the date of birth is one. */
const GUESSED = ['date-of-birth-estimated' as const];

describe('Somebody who may be the same person', () => {
  it.each<[string, (of: { family: string; recordId: string }) => StoredRecordOptions & { also?: StoredRecordOptions }, boolean]>([
    ['by name and whole date of birth', () => ({}), true],
    ['by a short name and the same date', ({ family }) => ({ names: [name(family, 'Tommy')] }), true],
    ['by a name that sounds alike', ({ family }) => ({ names: [name(family, 'Tomas')] }), true],
    ['by the year of birth alone', () => ({ dateOfBirth: born('1980', 'year') }), true],
    ['without a date of birth', () => ({ dateOfBirth: null }), true],
    [
      'without one, who is by another source born a year later',
      () => ({ dateOfBirth: null, also: { dateOfBirth: born('1981-11-20') } }),
      true,
    ],
    [
      'without one, who is by another source of a day that stands for none',
      () => ({ dateOfBirth: null, also: { dateOfBirth: FILLED_IN } }),
      true,
    ],
    [
      'without one, elsewhere of the day that spreadsheets begin with',
      () => ({ dateOfBirth: null, also: { dateOfBirth: born('1899-12-30') } }),
      true,
    ],
    ['with one that was filled in', () => ({ dateOfBirth: FILLED_IN }), true],
    [
      'with such a one, who is by another source of another age',
      () => ({ dateOfBirth: FILLED_IN, also: { dateOfBirth: born('2004-07-19') } }),
      false,
    ],
    [
      'without one, who is by another source of another age',
      () => ({ dateOfBirth: null, also: { dateOfBirth: born('2004-07-19') } }),
      false,
    ],
    [
      'by the year alone, who is by another source of another age',
      () => ({ dateOfBirth: born('1980', 'year'), also: { dateOfBirth: born('2004-07-19') } }),
      false,
    ],
    ['by a guess in the year of birth', () => ({ dateOfBirth: born('1980-11-30'), flags: GUESSED }), true],
    ['but for a guess of another year', () => ({ dateOfBirth: born('1981-03-04'), flags: GUESSED }), false],
    [
      'by such a guess, who is by another source of another age',
      () => ({ dateOfBirth: born('1980-11-30'), flags: GUESSED, also: { dateOfBirth: born('2004-07-19') } }),
      false,
    ],
    [
      'without one, who is by another source guessed to be of another age',
      () => ({ dateOfBirth: null, also: { dateOfBirth: born('2004-07-19'), flags: GUESSED } }),
      true,
    ],
    ['by their case ID', ({ family, recordId }) => ({ ...other(family), identifiers: [{ type: 'cms', value: recordId }] }), true],
    ['by their NHS number', ({ family }) => ({ ...other(family), identifiers: nhs(NHS[0]) }), true],
    ['but for another right NHS number', () => ({ identifiers: nhs(NHS[1]) }), false],
    ['but for the day of birth', () => ({ dateOfBirth: born('1980-03-05') }), false],
    ['but for another year', () => ({ dateOfBirth: born('1981', 'year') }), false],
    ['but for another given name', ({ family }) => ({ names: [name(family, 'Zebedee')] }), false],
  ])('is called so, or not, in the results, on both pages, at the address and by the panel: %s', async (_, like, may) => {
    const [family, postcode] = [madeUpName(), madeUpPostcode()];
    const who = { names: [name(family, given)], dateOfBirth: born('1980-03-04'), addresses: [address('7 Dock Street', postcode)] };
    const one = await app.people.record({ ...who, identifiers: nhs(NHS[0]) });
    const { also, ...others } = like({ family, recordId: one.recordId });
    const two = await app.people.record({ source: 'cis', ...who, ...others });
    const third = also && (await app.people.record({ source: 'liquidlogic', person: two.person, names: [], ...also }));
    try {
      const { people } = (await app.search({ familyName: family })).body.result;
      expect(people).toHaveLength(2);
      const listed = new Map(
        people.map(({ person, title, birth, caseIdWords }) => [
          person,
          `${title}, ${birth ? `born ${birth.words}` : 'date of birth not known'} (${caseIdWords})`,
        ]),
      );
      const saidOf = ({ person }: { person: string }) => [{ person, words: listed.get(person) }];
      const [first, second] = people;
      expect(first!.possibleDuplicateOf).toEqual(may ? saidOf(second!) : []);
      expect(second!.possibleDuplicateOf).toEqual(may ? saidOf(first!) : []);

      const got = await app.get(`/v1/people/${one.person}`);
      expect(got.body.result.possibleDuplicateOf).toEqual(may ? saidOf(two) : []);
      const panel = got.body.result.panels.find(({ service }) => service === 'adult-social-care')!;
      expect(panel.state.reason).toBe(may ? 'match-awaiting-review' : null);
      const looks = (await app.auditOf(got)).filter(({ action }) => action === 'shown-in-results');
      expect(looks.map(({ person, subjects, shown }) => [person, subjects, shown])).toEqual(
        may ? [[two.person, expect.arrayContaining([two.subject]), { page: 'person', of: one.person }]] : [],
      );
      const page = textOf((await app.get(`/people/${one.person}`)).text);
      expect(page.includes(`Possible duplicate of ${listed.get(two.person)}`)).toBe(may);

      const at = (await app.get(`/v1/people/${one.person}/family`)).body.result.recordedAt!.people;
      expect(at.map(({ person, possibleDuplicateOf }) => [person, possibleDuplicateOf])).toEqual([
        [one.person, []],
        [two.person, may ? [listed.get(one.person)] : []],
      ]);
      const grid = textOf((await app.get(`/people/${one.person}/family`)).text);
      expect(grid.includes(`possible duplicate of ${listed.get(one.person)}`)).toBe(may);
    } finally {
      for (const { subject, recordId } of [one, two, ...(third ? [third] : [])])
        await app.people.record({ subject, recordId, present: false });
    }
  });

  it.each([
    ['without a date of birth', null],
    ['with one that was filled in', FILLED_IN],
  ])('is a match by name alone, of which no steward is asked, %s; but not where the home is the same', async (_, dateOfBirth) => {
    const names = [name(madeUpName(), given)];
    const [home, elsewhere] = [address('7 Dock Street', madeUpPostcode()), address('9 Mill Row', madeUpPostcode())];
    const one = await app.people.record({ names, dateOfBirth: born('1980-03-04'), addresses: [home] });
    await app.people.record({ person: one.person, names, dateOfBirth: FILLED_IN, addresses: [home] });
    const state = async () =>
      (await app.get(`/v1/people/${one.person}`)).body.result.panels.find(({ service }) => service === 'adult-social-care')!.state;
    const vague = { source: 'cis', names, dateOfBirth };
    const { subject, recordId } = await app.people.record({ ...vague, addresses: [elsewhere] });
    expect(await state()).toMatchObject({ reason: 'match-by-name-alone', words: 'Not checked: a possible match by name alone' });
    await app.people.record({ ...vague, subject, recordId, addresses: [home] });
    expect(await state()).toMatchObject({ reason: 'match-awaiting-review', words: 'Not checked: a possible match awaiting review' });
    await app.people.record({ ...vague, subject, recordId, addresses: [home], names: [name(madeUpName(), given)] });
    expect(await state()).toMatchObject({ reason: null });
    const at = (await app.get(`/v1/people/${one.person}/family`)).body.result.recordedAt!.people;
    expect(at.map(({ possibleDuplicateOf }) => possibleDuplicateOf)).toEqual([[], []]);
  });

  it('is told by a number alone where both have a date of birth that was filled in', async () => {
    const family = madeUpName();
    const who = { names: [name(family, given)], dateOfBirth: FILLED_IN, addresses: [address('7 Dock Street', madeUpPostcode())] };
    const one = await app.people.record(who);
    const { subject, recordId } = await app.people.record({ source: 'cis', ...who });
    const possible = async () => {
      const { possibleDuplicateOf } = (await app.get(`/v1/people/${one.person}`)).body.result;
      const { people } = (await app.search({ familyName: family })).body.result;
      return [possibleDuplicateOf.length, people.flatMap((found) => found.possibleDuplicateOf).length];
    };
    expect(await possible()).toEqual([0, 0]);
    await app.people.record({ source: 'cis', ...who, subject, recordId, identifiers: [{ type: 'cms', value: one.recordId }] });
    expect(await possible()).toEqual([1, 2]);
  });

  it('is judged by no date that only a source tells which does not tell of everybody', async () => {
    const names = [name(madeUpName(), given)];
    const one = await app.people.record({ names, dateOfBirth: born('1980-03-04') });
    const { person } = await app.people.record({ source: 'cis', names, dateOfBirth: null });
    const possible = async () => (await app.get(`/v1/people/${one.person}`)).body.result.possibleDuplicateOf.length;
    await app.people.record({ source: 'niche', person, names, dateOfBirth: born('2004-07-19') });
    expect(await possible()).toBe(1);
    await app.people.record({ source: 'liquidlogic', person, names, dateOfBirth: born('2004-07-19') });
    expect(await possible()).toBe(0);
  });

  it('is so no more, nor known to who has said to know the other, once somebody has decided that they are two people', async () => {
    const who = { names: [name(madeUpName(), given)], dateOfBirth: born('2015-03-04') };
    const [one, two] = [await app.people.record(who), await app.people.record({ source: 'synergy', ...who })];
    const seen = async () => {
      const { result } = (await app.get(`/v1/people/${one.person}`)).body;
      const { people } = (await app.search({ familyName: who.names[0]!.family! })).body.result;
      return [
        result.possibleDuplicateOf.length,
        result.panels.filter(({ state }) => state.reason === 'match-awaiting-review').length,
        people.flatMap(({ possibleDuplicateOf }) => possibleDuplicateOf).length,
      ];
    };
    expect(await seen()).toEqual([1, 1, 2]);
    await app.people.keepApart(one.subject, two.subject);
    expect(await seen()).toEqual([0, 0, 0]);
    const known = await app.send(`/people/${two.person}/known`, { method: 'POST', headers: await app.as('dan.whittle') });
    expect(known.status).toBe(303);
    const opens = async (person: string) => (await app.get(`/v1/people/${person}`, 'dan.whittle')).status;
    expect([await opens(one.person), await opens(two.person)]).toEqual([200, 403]);
  });

  it('is not named child first, where only who is linked to the child may be seen', async () => {
    const who = { names: [name(madeUpName(), given)], dateOfBirth: born('2015-03-04') };
    const [child, other] = [await app.people.record(who), await app.people.record({ source: 'synergy', ...who })];
    const { text } = await app.get(`/v1/people/${child.person}?child=${child.person}`);
    expect(text).not.toContain(other.person);
  });

  it('is not even possible where they are restricted, or may be: the answer is that of somebody alone, by the same statements', async () => {
    const who = { names: [name(madeUpName(), given)], dateOfBirth: born('2015-03-04') };
    const vague = await app.people.record({ names: who.names, dateOfBirth: born('2015-03-04'), identifiers: nhs(NHS[1]) });
    const hidden = await app.people.record({ source: 'synergy', ...who, identifiers: nhs(NHS[0]), restriction: 'restricted' });
    await app.people.record({ source: 'cluster-lists', ...who, dateOfBirth: null, identifiers: nhs(NHS[0]) });
    const { result } = (await app.get(`/v1/people/${vague.person}`)).body;
    expect(result.possibleDuplicateOf).toEqual([]);
    expect(result.panels.map(({ state }) => state.reason)).not.toContain('match-awaiting-review');
    expect((await app.get(`/v1/people/${hidden.person}`)).status).toBe(404);
  });

  it.each(['by its source', 'by hand'])('is not even possible where another record of theirs is restricted %s', async (how) => {
    const who = { names: [name(madeUpName(), given)], dateOfBirth: born('2015-03-04') };
    const [one, two] = [await app.people.record(who), await app.people.record({ source: 'synergy', ...who })];
    const possible = async () => (await app.get(`/v1/people/${one.person}`)).text.includes('match-awaiting-review');
    expect(await possible()).toBe(true);
    const restriction = how === 'by hand' ? 'none' : 'restricted';
    const { subject } = await app.people.record({ source: 'cis', person: two.person, restriction });
    if (how === 'by hand') await app.people.restrictByHand(subject);
    expect(await possible()).toBe(false);
  });
});

/** Nothing in common but the family name, by which both are found. */
const other = (family: string): StoredRecordOptions => ({ names: [name(family, 'Zebedee')], dateOfBirth: born('1999-09-09') });
