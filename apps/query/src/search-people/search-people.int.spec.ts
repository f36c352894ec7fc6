import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { QueryApp } from '../../../../test/support/query-app.js';
import { address, born, madeUpName, madeUpPostcode, name, type StoredPeople } from '../../../../test/support/stored-people.js';

let app: QueryApp;
let people: StoredPeople;
beforeAll(async () => {
  app = await QueryApp.open();
  people = app.people;
});
afterAll(() => app?.close());

const found = async (terms: object): Promise<string[]> => {
  const { body } = await app.search(terms);
  return body.result.people.map(({ person }) => person);
};

describe('Searching by names', () => {
  it('finds a child by a short name, with everything the list shows', async () => {
    const family = madeUpName();
    const { person, recordId } = await people.record({
      names: [name(family, 'Thomas')],
      dateOfBirth: born('2012-05-12'),
      addresses: [address('4 Mill Row', 'NB4 2QT')],
    });
    expect((await app.search({ familyName: family, givenName: 'Tom' })).body.result).toEqual({
      people: [
        {
          person,
          family,
          given: ['Thomas'],
          title: `${family.toUpperCase()}, Thomas`,
          birth: {
            date: '2012-05-12',
            precision: 'day',
            estimated: false,
            words: '12 May 2012',
            ageWords: expect.stringMatching(/^\d+ yrs$/),
          },
          address: '4 Mill Row, NB4 2QT',
          addressWords: '4 Mill Row, NB4 2QT',
          deceasedOn: null,
          diedWords: null,
          caseIds: [recordId],
          caseIdWords: `Mosaic ${recordId}`,
          whyMatched: 'full name: Thomas',
          possibleDuplicateOf: [],
        },
      ],
      total: 1,
      atLeast: false,
      narrowWords: null,
      knownWords: null,
    });
  });

  it('says from which build of the read model the answer came and how fresh every source is', async () => {
    const { body } = await app.search({ familyName: madeUpName() });
    expect(body).toMatchObject({ generation: 1, askedAt: expect.any(Number), requestId: expect.any(String) });
    expect(body.sources.map(({ name, late }) => [name, late])).toContainEqual(['Synergy', false]);
  });

  it('shows the youngest first, 20 at most, tells the total and what to add', async () => {
    const family = madeUpName();
    const years = Array.from({ length: 23 }, (_, at) => 1990 + ((at * 7) % 23));
    for (const year of years) await people.record({ names: [name(family, 'Ada')], dateOfBirth: born(`${year}-06-01`) });
    const { body } = await app.search({ familyName: family, givenName: 'Ada' });
    expect(body.result.people.map((shown) => Number(shown.birth!.date.slice(0, 4)))).toEqual(
      Array.from({ length: 20 }, (_, at) => 2012 - at),
    );
    expect(body.result).toMatchObject({ total: 23, atLeast: false });
    expect(body.result.narrowWords).toBe('Add a date of birth, a year or a postcode');
  });

  it('counts fifty at most of a common name, and not by whom it may not show', async () => {
    const family = madeUpName();
    const counted = async () => {
      const { total, atLeast, people } = (await app.search({ familyName: family, givenName: 'Ada' })).body.result;
      return { total, atLeast, youngest: people[0]?.birth?.date };
    };
    const born20 = (at: number) => born(`20${String(10 + (at % 10))}-06-01`);
    for (let at = 0; at < 50; at += 1) await people.record({ names: [name(family, 'Ada')], dateOfBirth: born20(at) });
    const { person } = await people.record({ names: [name(family, 'Ada')], dateOfBirth: born('2024-06-01') });
    await people.record({ person, source: 'synergy', dateOfBirth: born('2024-06-01'), restriction: 'restricted' });
    expect(await counted()).toEqual({ total: 50, atLeast: false, youngest: '2019-06-01' });
    await people.record({ names: [name(family, 'Ada')], dateOfBirth: born('2024-07-01') });
    expect(await counted()).toEqual({ total: 50, atLeast: true, youngest: '2024-07-01' });
    for (let at = 0; at < 50; at += 1) await people.record({ names: [name(family, 'Ada')], dateOfBirth: born20(at) });
    expect(await counted()).toEqual({ total: 50, atLeast: true, youngest: '2024-07-01' });
  });

  it('narrows by year or whole date of birth, and keeps whoever is known by the year alone', async () => {
    const family = madeUpName();
    const whole = await people.record({ names: [name(family, 'Ada')], dateOfBirth: born('2012-05-12') });
    const yearOnly = await people.record({ names: [name(family, 'Ada')], dateOfBirth: born('2012', 'year') });
    await people.record({ names: [name(family, 'Ada')], dateOfBirth: born('2013-05-12') });
    expect(new Set(await found({ familyName: family, year: '2012' }))).toEqual(new Set([whole.person, yearOnly.person]));
    expect(new Set(await found({ familyName: family, dateOfBirth: '2012-05-12' }))).toEqual(new Set([whole.person, yearOnly.person]));
  });

  it('finds a person whose name one source knows and whose postcode another', async () => {
    const family = madeUpName();
    const postcode = madeUpPostcode();
    const { person } = await people.record({ names: [name(family, 'Ada')], dateOfBirth: born('1980-03-04') });
    await people.record({
      person,
      source: 'northbridge-homes',
      names: [name(family, 'A')],
      dateOfBirth: null,
      addresses: [address('1 High Street', postcode)],
    });
    expect(await found({ familyName: family, givenName: 'Ada', postcode: postcode.toLowerCase().replace(' ', '') })).toEqual([person]);
    expect(await found({ familyName: family, givenName: 'Ada', postcode: madeUpPostcode() })).toEqual([]);
  });

  it('finds a person once, however many records match', async () => {
    const family = madeUpName();
    const { person } = await people.record({ names: [name(family, 'Ada')] });
    await people.record({ person, source: 'liquidlogic', names: [name(family, 'Ada')] });
    const { body } = await app.search({ familyName: family, givenName: 'Ada' });
    expect(body.result).toMatchObject({ total: 1, people: [{ person }] });
  });

  it('finds a person with one name only', async () => {
    const only = madeUpName();
    const { person } = await people.record({ names: [name(null, only)], dateOfBirth: null });
    const { body } = await app.search({ familyName: only });
    expect(body.result.people).toMatchObject([{ person, title: only.toUpperCase(), birth: null, address: null }]);
  });

  it('says who is not found in the case management system', async () => {
    const family = madeUpName();
    await people.record({ source: 'liquidlogic', names: [name(family, 'Ada')] });
    expect((await app.search({ familyName: family })).body.result.people).toMatchObject([
      { caseIds: [], caseIdWords: 'Not found in Mosaic' },
    ]);
  });
});

describe('Searching by case ID', () => {
  it('finds the one person', async () => {
    const { person, recordId } = await people.record();
    expect((await app.search({ caseId: ` *${recordId}% ` })).body.result).toMatchObject({
      people: [{ person, whyMatched: 'case ID' }],
      total: 1,
    });
  });

  it('finds the one person by it as pages write it, and as it is read out', async () => {
    const { person, recordId } = await people.record();
    const typed = [
      `Mosaic ${recordId}`,
      `mosaic: ${recordId.slice(0, 3)} ${recordId.slice(3)}`,
      `${recordId.slice(0, 3)} ${recordId.slice(3)}`,
    ];
    for (const caseId of typed) expect(await found({ caseId })).toEqual([person]);
    expect(await found({ caseId: `Synergy ${recordId}` })).toEqual([]);
  });

  it('does not take another system’s own id for a case ID', async () => {
    const { recordId } = await people.record({ source: 'liquidlogic' });
    expect(await found({ caseId: recordId })).toEqual([]);
  });

  it('finds the person under the id of a record that was replaced', async () => {
    const { subject, person } = await people.record();
    const old = await people.record({ replacedBy: subject, replacedAt: 5 });
    expect(await found({ caseId: old.recordId })).toEqual([person]);
  });
});

describe('Nobody is found', () => {
  it('who was removed at the source', async () => {
    const family = madeUpName();
    await people.record({ names: [name(family, 'Ada')], present: false });
    expect(await found({ familyName: family })).toEqual([]);
  });

  it('whose record the matcher has not reached yet', async () => {
    const family = madeUpName();
    await people.record({ names: [name(family, 'Ada')], person: null });
    expect(await found({ familyName: family })).toEqual([]);
  });

  it('by words that are no words', async () => {
    expect(await found({ familyName: '’', givenName: 'x' })).toEqual([]);
  });
});

describe('A kept search', () => {
  it('answers with its address, which says nothing of what was typed', async () => {
    const { status, headers, text } = await app.keep({ familyName: 'Williams' });
    expect(status).toBe(201);
    expect(headers.get('location')).toMatch(/^\/v1\/searches\/[0-9a-f-]{36}$/);
    expect(text).not.toMatch(/williams/i);
  });

  it('is there for its own reader alone; for another it is as absent as one that never was', async () => {
    const { body } = await app.keep({ familyName: 'Williams' });
    const others = await app.get(`/v1/searches/${body.id}`, 'priya.nair');
    const never = await app.get(`/v1/searches/${randomUUID()}`);
    expect(others.status).toBe(404);
    expect(others.text).toBe(never.text);
  });

  it('is kept sealed', async () => {
    const { body } = await app.keep({ familyName: 'Zebedee' });
    const pool = new Pool({ connectionString: app.env.SESSIONS_URL! });
    const { rows } = await pool.query('SELECT * FROM session.kept_search WHERE id = $1', [body.id]);
    await pool.end();
    expect(rows[0].terms.includes(Buffer.from('Zebedee'))).toBe(false);
  });

  it.each([
    ['nothing', {}, '/familyName', 'Enter the first name and last name'],
    ['an empty ID', { caseId: ' ' }, '/caseId', 'Enter the Case ID'],
    ['a field that does not exist', { name: 'Williams' }, '', expect.stringContaining('caseId')],
    ['the first part of a postcode', { familyName: 'Williams', postcode: 'NB4' }, '/postcode', 'Enter a full postcode or leave it empty'],
    ['a date that is none', { familyName: 'Williams', dateOfBirth: '2012-02-30' }, '', expect.any(String)],
    ['no object', ['Williams'], '', expect.any(String)],
  ])('is refused with what to correct: %s', async (_, terms, pointer, expected) => {
    const { status, headers, body } = await app.keep(terms);
    expect(status).toBe(400);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body).toMatchObject({ type: 'urn:involvement-index:problem:terms-wrong', status: 400, problems: [{ pointer, expected }] });
  });
});
