import { randomUUID } from 'node:crypto';
import { changedAuthority } from '../../../../test/support/changed-authority.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { statementsSent } from '../../../../test/support/statements-sent.js';
import { address, born, madeUpName, name } from '../../../../test/support/stored-people.js';
import { Visitor } from '../../../../test/support/visitor.js';

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

test('whoever is opened on a child’s page by any individual’s search has a way back to the child, and an address tells of nobody who may not be seen', async () => {
  const surname = madeUpName();
  const home = { addresses: [address('3 A', 'B')] };
  const child = await both.people.record({ names: [name(surname, 'Tommy')], dateOfBirth: born('2015-05-12'), ...home });
  const mother = await both.people.record({ names: [name(surname, 'Kate')], dateOfBirth: born('1992-02-03'), ...home });
  const hidden = await both.people.record({ dateOfBirth: born('2016-02-03'), restriction: 'restricted' });
  await both.people.link(child.subject, mother.subject, 'parent');
  await both.people.link(mother.subject, hidden.subject, 'child');
  for (const tab of ['', 'family', 'contacts']) {
    const [from, to] = [
      `/people/${child.person}${tab && `/${tab}`}?search=k3pt`,
      `/people/${mother.person}?search=k3pt&before=${child.person}`,
    ];
    const toMother = to + (tab && `-${tab}`);
    expect((await both.get(from)).text).toContain(`href="${toMother.replace('&', '&amp;')}"`);
    expect((await both.get(toMother)).text).toContain(`href="${from}" class="govuk-back-link">Back to the person before`);
  }
  expect((await both.get(`/people/${mother.person}/services/all?before=${child.person}`)).text).toContain('Back to the person before');

  // Whoever stands in an address may be made up: the page is the same but for the id, by the same statements, those sent where nobody stands there.
  const never = randomUUID();
  for (const part of ['', '/services/all', '/family', '/contacts', '/addresses', '/why']) {
    const texts: string[] = [];
    const read = async (query: string) => (await both.get(`/people/${mother.person}${part}${query}`)).text.replaceAll(/\d\d:\d\d/g, '');
    const sentFor = (query: string) => statementsSent(both.env.READ_MODEL_URL!, async () => texts.push(await read(query)));
    const sent = [await sentFor(`?before=${hidden.person}-family`), await sentFor(`?before=${never}-family`), await sentFor('')];
    expect(sent.slice(0, 2)).toEqual([sent[2], sent[2]]);
    expect(texts[0]!.replaceAll(hidden.person, never)).toBe(texts[1]);
    expect([part, texts[1]!.includes(never), texts[2]!.includes('Back to the person before')]).toEqual([part, true, false]);
  }
  expect((await both.get(`/people/${hidden.person}`)).status).toBe(404);
});

test('the way back is kept two hops on, where a reason is asked for the third person, and where the reader signs in on the way there', async () => {
  const child = await both.people.record({ names: [name(madeUpName(), 'Tommy')], dateOfBirth: born('2015-05-12') });
  const [mother, friend] = [await both.people.record(), await both.people.record()];
  await both.people.link(child.subject, mother.subject, 'parent');
  await both.people.link(mother.subject, friend.subject, 'partner');
  const [toMother, toFriend] = [
    `/people/${mother.person}?before=${child.person}`,
    `/people/${friend.person}?before=${child.person}.${mother.person}`,
  ];
  const reader = await Visitor.signedIn(both.url, 'amara.okafor');
  expect(await reader.openWithReason(`/people/${child.person}`)).toContain(`href="${toMother}"`);
  // The reason given for the child is one for the mother too, and not for her partner.
  expect(await reader.read(toMother)).toContain(`href="${toFriend}"`);
  const asked = (await reader.open(toFriend)).headers.get('location')!;
  expect(asked).toBe(`/people/${friend.person}/reason?${new URLSearchParams({ to: toFriend }).toString()}`);
  const friends = await reader.submit(asked, { why: 'section-47', none: 'yes' });
  expect(friends).toContain(`href="${toMother}" class="govuk-back-link">Back to the person before`);

  const later = new Visitor(both.url);
  await later.open(toFriend);
  expect(await later.signIn('amara.okafor')).toContain(`action="${asked}"`);
});
