import { textOf } from '../../../../test/support/pages.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { address, born, madeUpName, madeUpPostcode, name } from '../../../../test/support/stored-people.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

type Confidential = { confidential: boolean };
const HOME = '7 Dock Street';

/** Somebody with a date of birth, and others of the same name without one, of whom nothing else is known but a home each. */
async function alike(homes: readonly ([line: string, changed?: Confidential] | null)[]) {
  const [family, postcode] = [madeUpName(), madeUpPostcode()];
  const names = [name(family, 'Thomas')];
  const dated = await app.people.record({ names, dateOfBirth: born('1980-03-04'), addresses: [address(HOME, postcode)] });
  const [vague, subjects]: [string[], string[]] = [[], []];
  for (const home of homes) {
    const addresses = home ? [address(home[0], postcode, home[1])] : [];
    const { person, subject } = await app.people.record({ source: 'cis', names, dateOfBirth: null, addresses });
    vague.push(person);
    subjects.push(subject);
  }
  const words = `${family.toUpperCase()}, Thomas, date of birth not known (Not found in Mosaic)`;
  return { family, postcode, dated, vague, subjects, words };
}
const duplicatesOf = async (person: string) => (await app.get(`/v1/people/${person}`)).body.result.possibleDuplicateOf;

describe('Several possible duplicates who would have the same words', () => {
  it('are told apart by the address that a search shows, on every page that names them', async () => {
    const { family, dated, vague, words, postcode } = await alike([[HOME], ['9 Mill Row']]);
    const [here, there] = [`${words}, ${HOME}, ${postcode}`, `${words}, 9 Mill Row, ${postcode}`];
    const expected = [
      { person: vague[0], words: here },
      { person: vague[1], words: there },
    ];
    expect(await duplicatesOf(dated.person)).toEqual(expected);
    const page = textOf((await app.get(`/people/${dated.person}`)).text);
    expect(page).toContain(
      `What services know of them is not shown here. ${here} ( Same person? ${here} ) ${there} ( Same person? ${there} )`,
    );
    const why = textOf((await app.get(`/people/${dated.person}/why`)).text);
    expect([why.split(here).length, why.split(there).length]).toEqual([3, 3]);
    const { people } = (await app.search({ familyName: family })).body.result;
    const found = people.find(({ person }) => person === dated.person)!;
    expect(found.possibleDuplicateOf.toSorted((a, b) => a.words.localeCompare(b.words))).toEqual(expected);
    // What stands there is what the search says of them.
    expect(people.filter(({ person }) => vague.includes(person)).map((one) => `${words}, ${one.address}`).toSorted()).toEqual([here, there]); // prettier-ignore
  });

  it('are numbered where nothing may be told: the same in the same order each time', async () => {
    const { family, dated, vague, words } = await alike([null, null, [HOME]]);
    const [one, two] = vague.slice(0, 2).toSorted();
    const numbered = [
      { person: one, words: `${words}, 1 of 2` },
      { person: two, words: `${words}, 2 of 2` },
    ];
    for (let time = 0; time < 2; time += 1)
      expect((await duplicatesOf(dated.person)).filter(({ person }) => person !== vague[2])).toEqual(numbered);
    const { people } = (await app.search({ familyName: family })).body.result;
    expect(people.find(({ person }) => person === dated.person)!.possibleDuplicateOf).toEqual(expect.arrayContaining(numbered));
  });

  it('are told apart as of the family too, where somebody at its address may be one of several', async () => {
    const { dated, vague, subjects, words, postcode } = await alike([null, null]);
    const child = await app.people.record({ dateOfBirth: born('2015-05-12'), addresses: [address(HOME, postcode)] });
    for (const subject of subjects) await app.people.link(child.subject, subject, 'parent');
    const { recordedAt } = (await app.get(`/v1/people/${child.person}/family`)).body.result;
    const said = recordedAt!.people.find(({ person }) => person === dated.person)!.possibleDuplicateOf;
    const [one, two] = vague.toSorted();
    expect(said.toSorted()).toEqual([`${words}, 1 of 2`, `${words}, 2 of 2`]);
    expect(await duplicatesOf(dated.person)).toEqual([
      { person: one, words: `${words}, 1 of 2` },
      { person: two, words: `${words}, 2 of 2` },
    ]);
  });

  it('are not told apart by an address that is confidential, nor counted with who may not be seen', async () => {
    const { dated, vague, words, postcode } = await alike([
      [HOME],
      ['13 Secret Row', { confidential: true }],
      ['13 Secret Row', { confidential: true }],
    ]);
    const [one, two] = vague.slice(1).toSorted();
    const names = [name(words.split(',')[0]!, 'Thomas')];
    await app.people.record({ source: 'cis', names, dateOfBirth: null, restriction: 'restricted' });
    expect(await duplicatesOf(dated.person)).toEqual([
      { person: one, words: `${words}, 1 of 2` },
      { person: two, words: `${words}, 2 of 2` },
      { person: vague[0], words: `${words}, ${HOME}, ${postcode}` },
    ]);
  });

  it('have no more words than their own where one alone has them', async () => {
    const { dated, vague, words } = await alike([[HOME]]);
    expect(await duplicatesOf(dated.person)).toEqual([{ person: vague[0], words }]);
  });
});
