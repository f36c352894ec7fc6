import { changedAuthority } from '../../../../test/support/changed-authority.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { address, born, madeUpName, name } from '../../../../test/support/stored-people.js';

let both: QueryApp;
beforeAll(async () => {
  both = await QueryApp.open({ AUTHORITY_FILE: changedAuthority({ journeys: ['search-any', 'child-first'] }) });
});
afterAll(() => both?.close());

it('with both journeys the search page lets choose, each search goes its own way, and the one-hop rule holds for whoever goes by a child', async () => {
  const surname = madeUpName();
  const child = await both.people.record({
    names: [name(surname, 'Tommy')],
    dateOfBirth: born('2015-05-12'),
    addresses: [address('1 A', 'B')],
  });
  const mother = await both.people.record({ names: [name(surname, 'Kate')], dateOfBirth: born('1992-02-03') });
  const stranger = await both.people.record({ dateOfBirth: born('1992-02-03') });
  await both.people.link(child.subject, mother.subject, 'parent');
  const total = async (journey: string) => (await both.search({ familyName: surname, journey })).body.result.total;
  expect([await total('search-any'), await total('child-first')]).toEqual([2, 1]);
  const statuses = async (...paths: string[]) => Promise.all(paths.map(async (path) => (await both.get(path)).status));
  expect(await statuses(`/people/${mother.person}`, `/people/${mother.person}?child=${child.person}`)).toEqual([200, 200]);
  expect(await statuses(`/people/${stranger.person}`, `/people/${stranger.person}?child=${child.person}`)).toEqual([200, 404]);
  expect((await both.get('/search')).text).toContain('href="/search?journey=child-first"');
});
