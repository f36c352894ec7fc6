/** A restriction decided by hand holds whatever the sources send and the matcher decides, and looks exactly like nobody. */
import { randomUUID } from 'node:crypto';
import { anotherGeneration } from '../../../../test/support/another-generation.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { apiPathsOf, pagePathsOf, said } from '../../../../test/support/said-of-person.js';
import { statementsSent } from '../../../../test/support/statements-sent.js';
import { born, madeUpName, name, type StoredPeople } from '../../../../test/support/stored-people.js';

let app: QueryApp;
let people: StoredPeople;
beforeAll(async () => {
  app = await QueryApp.open();
  people = app.people;
});
afterAll(() => app?.close());

const resultOf = async (terms: object) => (await app.search(terms)).body.result;

describe('A person restricted by hand, whom no source restricts', () => {
  const restricted = async () => {
    const [family, given] = [madeUpName(), madeUpName()];
    const child = await people.record({ names: [name(family, given)], dateOfBirth: born('2012-05-12') });
    await people.involvement(child.subject);
    await people.restrictByHand(child.subject);
    return { ...child, family, given };
  };
  const NOBODY = { people: [], total: 0, atLeast: false, narrowWords: null, knownWords: null };
  const isNobody = async (person: string, { family, given, recordId }: Awaited<ReturnType<typeof restricted>>) => {
    const absent = randomUUID();
    for (const [at, path] of [...apiPathsOf(person), ...pagePathsOf(person)].entries()) {
      const never = [...apiPathsOf(absent), ...pagePathsOf(absent)][at]!;
      expect(said(await app.get(path))).toEqual(said(await app.get(never)));
    }
    const searches = [{ familyName: family }, { familyName: family, givenName: given, dateOfBirth: '2012-05-12' }, { caseId: recordId }];
    for (const terms of searches) expect(await resultOf(terms)).toEqual(NOBODY);
  };

  it('looks like somebody who was never there, in every answer and every search', async () => {
    const child = await restricted();
    expect((await app.get(`/v1/people/${child.person}`)).status).toBe(404);
    await isNobody(child.person, child);
  });

  it('is asked about by the same statements as somebody who was never there', async () => {
    const [{ person }, absent, marked] = [await restricted(), randomUUID(), await people.record({ restriction: 'restricted' })];
    const sentFor = async (one: string) => {
      for (const path of apiPathsOf(one)) await app.get(path);
      return statementsSent(app.env.READ_MODEL_URL!, async () => {
        for (const path of [...apiPathsOf(one), ...pagePathsOf(one)]) await app.get(path);
      });
    };
    const never = await sentFor(absent);
    expect(never.length).toBeGreaterThan(20);
    expect(await sentFor(person)).toEqual(never);
    expect(await sentFor(marked.person)).toEqual(never);
  });

  it('is not counted even where only the youngest 20 of many are shown, nor is whoever replaced their record', async () => {
    const family = madeUpName();
    const names = [name(family, 'Ada')];
    for (let year = 1990; year < 2011; year += 1) await people.record({ names, dateOfBirth: born(`${year}-01-02`) });
    const old = await people.record({ names, dateOfBirth: born('1900-01-02') });
    await people.restrictByHand(old.subject);
    const successor = await people.record({ names, dateOfBirth: born('1901-01-02') });
    const replaced = await people.record({ names, dateOfBirth: born('1901-01-02'), replacedBy: successor.subject, replacedAt: 3 });
    await people.restrictByHand(replaced.subject);
    expect(await resultOf({ familyName: family })).toMatchObject({ total: 21 });
  });

  it('is nobody’s relative, and who may be them is nobody either', async () => {
    const { subject, family, given } = await restricted();
    const mother = await people.record({ dateOfBirth: born('1990-01-02') });
    await people.link(subject, mother.subject, 'parent');
    expect((await app.get(`/v1/people/${mother.person}`)).body.result.related).toEqual([]);
    const alike = await people.record({ source: 'synergy', names: [name(family, given)], dateOfBirth: born('2012-05-12') });
    expect((await app.get(`/v1/people/${alike.person}`)).status).toBe(404);
    expect(await resultOf({ familyName: family })).toMatchObject({ total: 0 });
  });

  it('stays so when the source sends the record again, replaces it, or withdraws it', async () => {
    const child = await restricted();
    const { person, subject, recordId, family, given } = child;
    const details = { names: [name(family, given)], dateOfBirth: born('2012-05-12') };
    await people.record({ subject, person, recordId, ...details });
    await isNobody(person, child);
    await people.record({ subject, person, recordId, ...details, present: false, removedReason: 'entered-in-error' });
    await isNobody(person, child);
    const successor = await people.record({ ...details, recordId: `${recordId}9` });
    await people.record({ subject, person, recordId, ...details, replacedBy: successor.subject, replacedAt: 3 });
    await isNobody(successor.person, child);
  });

  it('stays so through a merge and the split after it', async () => {
    const child = await restricted();
    const other = await people.record({ source: 'liquidlogic' });
    await people.assign(child.subject, other.person);
    await isNobody(other.person, child);
    const apart = randomUUID();
    await people.assign(child.subject, apart);
    await isNobody(apart, child);
    expect((await app.get(`/v1/people/${other.person}`)).status).toBe(200);
  });

  it('stays so in another generation', async () => {
    const child = await restricted();
    const sister = await people.record();
    await anotherGeneration(people.pool, async () => {
      expect((await app.get(`/v1/people/${sister.person}`)).body.generation).toBe(2);
      await isNobody(child.person, child);
    });
  });
});
