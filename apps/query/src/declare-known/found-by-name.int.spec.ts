/** Whom a reader has said to know: no search tells them where those live, when they were born or which case is theirs. */
import { textOf } from '../../../../test/support/pages.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { address, born, madeUpName, madeUpPostcode, name } from '../../../../test/support/stored-people.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

const AMARA = 'amara.okafor';
const declare = async (person: string, reader = AMARA) =>
  app.send(`/people/${person}/known`, { method: 'POST', headers: await app.as(reader) });
const WORDS = 'People you have said that you know are found by name alone.';

/** One whom Amara has said to know, and what may be typed of them. */
async function neighbour() {
  const [family, postcode] = [madeUpName(), madeUpPostcode()];
  const who = { names: [name(family, 'Ada')], dateOfBirth: born('2014-03-04') };
  const stored = await app.people.record({ ...who, addresses: [address('4 Mill Row', postcode)] });
  await declare(stored.person);
  return { ...stored, who, family, postcode, home: [address('4 Mill Row', postcode)] };
}
const foundBy = async (terms: object, reader = AMARA) => {
  const { people, total } = (await app.search(terms, reader)).body.result;
  return { total, people: people.map(({ person }) => person) };
};
const page = async (terms: object, reader = AMARA) => app.get(`/search/${(await app.keep(terms, reader)).body.id}`, reader);
const NOBODY = { total: 0, people: [] };

describe('A search by whoever has said to know somebody', () => {
  it('finds them by name alone, and by nothing that would confirm more of them; others find them as before', async () => {
    const { family, postcode, person, recordId } = await neighbour();
    expect(await foundBy({ familyName: family })).toEqual({ total: 1, people: [person] });
    const narrowed = [{ postcode }, { dateOfBirth: '2014-03-04' }, { year: '2014' }].map((more) => ({ familyName: family, ...more }));
    for (const terms of [...narrowed, { caseId: recordId }, { familyName: 'Ada', givenName: family, postcode }]) {
      expect([terms, await foundBy(terms)]).toEqual([terms, NOBODY]);
      expect(await foundBy(terms, 'dan.whittle')).toEqual({ total: 1, people: [person] });
    }
  });

  it('shows the same page whether what was typed is theirs or not, and says so', async () => {
    const { family, recordId, postcode } = await neighbour();
    const said = async (terms: Record<string, string>) => {
      const { status, text } = await page(terms);
      const typed = Object.values(terms).at(-1)!;
      return [status, text.replaceAll(typed, 'TYPED').replaceAll(/(change=)[\w-]+/g, '$1ID')];
    };
    const other = madeUpPostcode();
    expect(await said({ familyName: family, postcode })).toEqual(await said({ familyName: family, postcode: other }));
    const none = await said({ caseId: '7654321' });
    expect(await said({ caseId: recordId })).toEqual(none);
    expect(textOf(String(none[1]))).toContain(`${WORDS} The index covers`);
  });

  it('counts them no more than it shows them, and tells whoever has said so of anybody', async () => {
    const { who, family, postcode, home } = await neighbour();
    for (let at = 0; at < 22; at += 1)
      await app.people.record({ ...who, names: [name(family, madeUpName())], dateOfBirth: born(`2016-01-${at + 10}`), addresses: home });
    const terms = { familyName: family, postcode };
    expect([(await foundBy(terms)).total, (await foundBy(terms, 'priya.nair')).total]).toEqual([22, 23]);
    expect((await foundBy({ familyName: family })).total).toBe(23);
    for (const found of [terms, { familyName: family }, { familyName: madeUpName() }]) {
      expect((await app.search(found)).body.result.knownWords).toBe(WORDS);
      expect(textOf((await page(found)).text)).toContain(WORDS);
      expect((await app.search(found, 'priya.nair')).body.result.knownWords).toBeNull();
      expect((await page(found, 'priya.nair')).text).not.toContain('have said that you know');
    }
  });

  it('leaves out as well whose record may be the same person’s, was merged with theirs, or replaced it', async () => {
    const { who, family, postcode, home, subject, person } = await neighbour();
    const terms = { familyName: family, postcode };
    const alike = await app.people.record({ ...who, source: 'synergy', addresses: home });
    expect([await foundBy(terms), (await foundBy(terms, 'dan.whittle')).total]).toEqual([NOBODY, 2]);
    const apart = { names: [name(family, 'Bela')], dateOfBirth: born('2011-01-02'), addresses: home };
    const replaces = await app.people.record(apart);
    expect((await foundBy(terms)).people).toEqual([replaces.person]);
    await app.people.record({ ...who, subject, person, addresses: home, replacedBy: replaces.subject });
    expect(await foundBy(terms)).toEqual(NOBODY);
    await app.people.assign(alike.subject, replaces.person);
    expect(await foundBy(terms)).toEqual(NOBODY);
    await app.people.record({ names: [name(family, 'Cara')], addresses: home, replacedBy: replaces.subject });
    expect(await foundBy({ ...terms, givenName: 'Cara' })).toEqual(NOBODY);
    expect((await foundBy({ ...terms, givenName: 'Cara' }, 'dan.whittle')).people).toEqual([replaces.person]);
  });

  it('finds them again once operations have taken it back', async () => {
    const { family, postcode, person, subject } = await neighbour();
    await app.people.pool.query('UPDATE decided.declaration SET withdrawn_at = now() WHERE subject = $1', [subject]);
    expect(await foundBy({ familyName: family, postcode })).toEqual({ total: 1, people: [person] });
  });
});
