/** Where somebody is hidden must stand on no page, in no answer, and be found by no search. */
import { apiPathsOf, pagePathsOf } from '../../../test/support/said-of-person.js';
import { textOf } from '../../../test/support/pages.js';
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
    const claimed = [`/people/${child.person}/same/${person}`, `/v1/people/${child.person}/same/${person}`];
    const answers = await Promise.all([
      ...[...apiPathsOf(person), ...pagePathsOf(person), ...apiPathsOf(child.person), ...claimed].map((path) => app.get(path)),
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

  it('leaves a page like that of somebody of whom no address is held, with words that are true of both', async () => {
    const asRead = async (addresses: ReturnType<typeof address>[]) => {
      const family = madeUpName();
      const { person, recordId, subject } = await people.record({
        names: [name(family, 'Ada')],
        dateOfBirth: born('1990-01-02'),
        gender: 'female',
        addresses,
      });
      await people.onCaseloadOf('dan.whittle', subject);
      const pages = await Promise.all(['', '/family', '/addresses'].map((part) => app.get(`/people/${person}${part}`)));
      const list = textOf((await app.get('/caseload', 'dan.whittle')).text);
      const listed = new RegExp(`${family}, Ada .*? Case ID`, 'i').exec(list)![0];
      const { people: found } = await resultOf({ familyName: family });
      return [...pages.map(({ text }) => textOf(text)), listed, found[0]!.addressWords].map((words) =>
        words
          .replaceAll(new RegExp(family, 'gi'), 'NAME')
          .replaceAll(recordId, 'ID')
          .replaceAll(/at \d\d:\d\d/g, 'at TIME'),
      );
    };
    const [hidden, none] = [await asRead([address('1 High Street', madeUpPostcode(), { confidential: true })]), await asRead([])];
    expect(hidden).toEqual(none);
    for (const words of none) expect(words).toMatch(/No address to show/);
  });

  it('is found by no postcode search, although another source states it openly', async () => {
    const [family, postcode] = [madeUpName(), madeUpPostcode()];
    const { person } = await people.record({
      names: [name(family, 'Ada')],
      addresses: [address('1 High Street', postcode, { confidential: true })],
    });
    await people.record({ person, source: 'liquidlogic', names: [name(family, 'Ada')], addresses: [address('1 High Street', postcode)] });
    expect(await resultOf({ familyName: family, postcode })).toEqual({
      people: [],
      total: 0,
      atLeast: false,
      narrowWords: null,
      knownWords: null,
    });
    expect(await resultOf({ familyName: family })).toMatchObject({ total: 1 });
  });
});

describe('A confidential address that a service marks which is not told of yet at this age', () => {
  it('appears nowhere, as the person’s own or as a family’s, where another source states it openly', async () => {
    const [family, postcode, street] = [madeUpName(), madeUpPostcode(), madeUpName()];
    const who = { names: [name(family, 'Ada')], dateOfBirth: born('2015-05-12') };
    const refuge = address(`9 ${street}`, postcode);
    const { person, subject } = await people.record({ ...who, source: 'synergy', addresses: [refuge, address('4 Mill Row', 'NB4 2QT')] });
    await people.record({
      ...who,
      person,
      source: 'niche',
      addresses: [{ ...refuge, confidential: true }, address('4 Mill Row', 'NB4 2QT')],
    });
    const mother = await people.record();
    await people.link(subject, mother.subject, 'parent');
    const paths = [...apiPathsOf(person), ...pagePathsOf(person), ...apiPathsOf(mother.person)];
    const answers = [...(await Promise.all(paths.map((path) => app.get(path)))), await app.search({ familyName: family })];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    for (const { text } of answers) expect(text).not.toContain(street);
    expect(answers[0]!.text).toContain('4 Mill Row');
    expect(await resultOf({ familyName: family, postcode })).toMatchObject({ total: 0 });
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
