import { randomUUID } from 'node:crypto';
import { claim, storeApart, withdrawClaim } from '../../../../test/support/claimed-people.js';
import { READER } from '../../../../test/support/doubted-people.js';
import { textOf } from '../../../../test/support/pages.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { address, born, madeUpName, name } from '../../../../test/support/stored-people.js';
import { Visitor } from '../../../../test/support/visitor.js';
import type { ClaimedPeople } from './claim-same.query.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

const claimsOf = async ({ pair }: { pair: { one: string; other: string } }) =>
  (
    await app.people.pool.query<{ reader: string; settled_as: string | null }>(
      'SELECT reader, settled_as FROM decided.claim WHERE one = $1 AND other = $2 ORDER BY raised_at',
      [pair.one, pair.other],
    )
  ).rows;
const pageOf = async (person: string, other: string) => textOf((await app.get(`/people/${person}/same/${other}`)).text);
/** What must be the same for somebody who may not be seen as for nobody. */
const bytes = async (person: string, other: string) => {
  const [read, sent, withdrawn] = [
    await app.get(`/people/${person}/same/${other}`),
    await claim(app, person, other),
    await withdrawClaim(app, person, other),
  ];
  return [read, sent, withdrawn].map(({ status, text }) => [status, text.replaceAll(other, 'ID').replaceAll(person, 'ID')]);
};

describe('Saying that two people are one', () => {
  it('starts where they are told to be possible duplicates, on the person’s page and on why, and names both', async () => {
    const family = madeUpName();
    const who = { names: [name(family, 'Ada')], addresses: [address('4 Mill Row', 'NB4 2QT')] };
    const one = await app.people.record({ ...who, dateOfBirth: born('1980-02-03') });
    const other = await app.people.record({ ...who, source: 'liquidlogic', dateOfBirth: null });
    const href = `href="/people/${one.person}/same/${other.person}"`;
    for (const path of ['', '/why']) expect((await app.get(`/people/${one.person}${path}`)).text).toContain(href);
    expect(textOf((await app.get(`/people/${one.person}/why`)).text)).toMatch(
      /A data steward can decide that they are the same\.[^]*Same person\? /,
    );
    const page = await app.get(`/people/${one.person}/same/${other.person}`);
    expect(textOf(page.text)).toMatch(new RegExp(`The other: ${family.toUpperCase()}, Ada`));
    expect((await app.auditOf(page)).map(({ action, person, subjects }) => [action, person, subjects])).toEqual([
      ['viewed-person', one.person, [one.subject]],
      ['shown-in-results', other.person, [other.subject]],
    ]);
  });

  it('tells which of several namesakes the other is: by their address, where one may be shown, and a link to them', async () => {
    const family = madeUpName();
    const who = { source: 'liquidlogic', names: [name(family, 'Ada')], dateOfBirth: born('1980-02-03') };
    const one = await app.people.record({ ...who, source: 'mosaic' });
    const [mill, weir] = [address('4 Mill Row', 'NB4 2QT'), address('7 Weir Cottages', 'NB9 3TD')];
    const words = `${family.toUpperCase()}, Ada, born 3 Feb 1980 (Not found in Mosaic)`;
    for (const [addresses, told] of [
      [[mill], `${words}, 4 Mill Row, NB4 2QT`],
      [[weir], `${words}, 7 Weir Cottages, NB9 3TD`],
      [[{ ...mill, confidential: true }], words],
      [[], words],
    ] as const) {
      const other = await app.people.record({ ...who, addresses: [...addresses] });
      const { text } = await app.get(`/people/${one.person}/same/${other.person}`);
      expect(text).toContain(`href="/people/${other.person}?before=${one.person}">${told}</a>. If both are one person, say so`);
      const { result } = (await app.get(`/v1/people/${one.person}/same/${other.person}`)).body as unknown as { result: ClaimedPeople };
      expect(result.other).toEqual({ person: other.person, words: told });
    }
  });

  it('is on record for both before it is kept, in the reader’s words sealed, and joins and hides nothing', async () => {
    const two = await storeApart(app);
    const before = (await app.get(`/v1/people/${two.known.person}`)).body.result;
    const got = await claim(app, two.known.person, two.school.person, { words: 'Zenobia is her second name' });
    expect([got.status, got.headers.get('location')]).toEqual([303, `/people/${two.known.person}/same/${two.school.person}`]);
    const shown = { because: 'another-name', ...two.pair };
    expect(await app.auditOf(got)).toMatchObject(
      [two.known, two.school].map(({ person }) => ({ action: 'claimed-same', outcome: 'done', reader: READER, person, shown })),
    );
    expect((await app.get(`/v1/people/${two.known.person}`)).body.result).toEqual(before);
    const { rows } = await app.people.pool.query<{ text: string; sealed: Buffer }>(
      'SELECT c::text AS text, sealed FROM decided.claim c WHERE one = $1',
      [two.pair.one],
    );
    expect(`${rows[0]!.text} ${rows[0]!.sealed.toString('latin1')}`).not.toMatch(/Zenobia|second/);
  });

  it('is about those two of their records that are most alike', async () => {
    const two = await storeApart(app);
    const like = await app.people.record({
      source: 'cis',
      person: two.school.person,
      names: [name(two.family, 'Ada')],
      dateOfBirth: born('1980-02-13'),
    });
    await claim(app, two.known.person, two.school.person);
    const [one, other] = [two.known.subject, like.subject].sort() as [string, string];
    expect([await claimsOf(two), await claimsOf({ pair: { one, other } })]).toEqual([[], [{ reader: READER, settled_as: null }]]);
  });

  it('is sent back with what to correct', async () => {
    const { known, school } = await storeApart(app);
    const got = await claim(app, known.person, school.person, { because: 'gossip', words: 'x'.repeat(501) });
    expect(got.status).toBe(400);
    for (const words of ['Select why you think so', 'Enter 500 characters or fewer']) expect(got.text).toContain(words);
  });

  it('counts once for a reader, from whichever of the two it is said, and ends when its reader withdraws it; another’s stays', async () => {
    const two = await storeApart(app);
    const [one, other] = [two.known.person, two.school.person];
    const both = await Promise.all([claim(app, one, other), claim(app, one, other)]);
    expect(both.map(({ status }) => status)).toContain(303);
    expect([(await claim(app, other, one)).status, (await claimsOf(two)).length]).toEqual([404, 1]);
    expect((await claim(app, one, other, {}, 'priya.nair')).status).toBe(303);
    expect(await pageOf(other, one)).toContain('You have said that they are one person');
    const got = await withdrawClaim(app, other, one);
    expect([got.status, (await app.auditOf(got)).map(({ action, person }) => [action, person])]).toEqual([
      303,
      [
        ['withdrew-claim', other],
        ['withdrew-claim', one],
      ],
    ]);
    expect(await claimsOf(two)).toEqual([
      { reader: READER, settled_as: 'withdrawn' },
      { reader: 'priya.nair', settled_as: null },
    ]);
    expect([await pageOf(one, other), (await withdrawClaim(app, one, other)).status]).toEqual([
      expect.stringContaining('Why do you think so?'),
      404,
    ]);
  });

  it('follows both to whom they are by now', async () => {
    const two = await storeApart(app);
    await claim(app, two.known.person, two.school.person);
    const [first, second] = [randomUUID(), randomUUID()];
    for (const [{ subject, person }, into] of [
      [two.known, first],
      [two.school, second],
    ] as const) {
      await app.people.assign(subject, into);
      await app.people.redirect(person, into);
    }
    const led = await app.get(`/people/${two.known.person}/same/${two.school.person}`);
    expect([led.status, led.headers.get('location')]).toEqual([303, `/people/${first}/same/${two.school.person}`]);
    expect(await pageOf(first, two.school.person)).toContain('You have said that they are one person');
    await app.people.assign(two.school.subject, first);
    await app.people.redirect(second, first);
    expect(await pageOf(first, two.school.person)).toContain('They are shown as one person now.');
  });

  it('of whoever is restricted, or known to the reader, is answered as of nobody, and kept of none of them', async () => {
    const [one, restricted, known] = [await app.people.record(), await storeApart(app), await storeApart(app)];
    await app.people.restrictByHand(restricted.school.subject);
    await app.people.pool.query('INSERT INTO decided.declaration (declaration, reader, subject) VALUES (gen_random_uuid(), $1, $2)', [
      READER,
      known.school.subject,
    ]);
    const nobody = await bytes(one.person, randomUUID());
    expect(nobody.map(([status]) => status)).toEqual([404, 404, 404]);
    for (const { school } of [restricted, known]) expect(await bytes(one.person, school.person)).toEqual(nobody);
    expect(await bytes(restricted.school.person, one.person)).toEqual(await bytes(randomUUID(), one.person));
    const { rows } = await app.people.pool.query('SELECT FROM decided.claim WHERE $1 IN (one, other)', [one.subject]);
    expect(rows).toEqual([]);
    const got = await claim(app, one.person, restricted.school.person);
    expect((await app.auditOf(got)).map(({ action, outcome, person }) => [action, outcome, person])).toEqual([
      ['claimed-same', 'nothing-found', one.person],
    ]);
  });

  it('is not offered of a possible duplicate whom the reader has said to know: they stand on no page, and in no answer', async () => {
    const family = madeUpName();
    const who = { names: [name(family, 'Ada')], addresses: [address('4 Mill Row', 'NB4 2QT')] };
    const one = await app.people.record({ ...who, dateOfBirth: born('1986-07-19') });
    const other = await app.people.record({ ...who, source: 'liquidlogic', dateOfBirth: null });
    expect((await app.get(`/people/${one.person}`)).text).toContain(`/same/${other.person}`);
    await app.people.pool.query('INSERT INTO decided.declaration (declaration, reader, subject) VALUES (gen_random_uuid(), $1, $2)', [
      READER,
      other.subject,
    ]);
    for (const path of [`/people/${one.person}`, `/people/${one.person}/why`, `/v1/people/${one.person}`]) {
      const got = await app.get(path);
      expect([path, got.status, got.text.includes(other.person), got.text.includes('Possible duplicate of')]).toEqual([
        path,
        200,
        false,
        false,
      ]);
      expect((await app.auditOf(got)).map(({ person }) => person)).not.toContain(other.person);
    }
  });

  it('is offered to nobody who came past a restriction, and refused', async () => {
    const family = madeUpName();
    const who = { names: [name(family, 'Ada')], addresses: [address('4 Mill Row', 'NB4 2QT')] };
    const hidden = await app.people.record({ ...who, dateOfBirth: born('1980-02-03') });
    const other = await app.people.record({ names: [name(madeUpName(), 'Eve')] });
    await app.people.keepApart(hidden.subject, other.subject);
    await app.people.restrictByHand(hidden.subject);
    const priya = await Visitor.signedIn(app.url, 'priya.nair');
    await priya.submit('/restricted', { caseId: hidden.recordId, why: 'strategy-meeting', none: 'yes' });
    const why = await priya.read(`/people/${hidden.person}/why`);
    expect([why.includes('decided to be another'), why.includes('Same person?')]).toEqual([true, false]);
    expect((await priya.open(`/people/${hidden.person}/same/${other.person}`)).status).toBe(404);
  });

  it('is not for a journey that goes by a child first', async () => {
    const [child, other] = [await app.people.record({ dateOfBirth: born('2015-05-12') }), await app.people.record()];
    const statusOf = async (path: string) => (await app.get(`/people/${child.person}${path}`)).status;
    expect(await statusOf(`/same/${other.person}`)).toBe(200);
    expect([await statusOf(`?child=${child.person}`), await statusOf(`/same/${other.person}?child=${child.person}`)]).toEqual([200, 404]);
  });
});
