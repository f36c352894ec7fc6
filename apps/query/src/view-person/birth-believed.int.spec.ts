/** Of several dates of birth one is the person's: on the page, for the services shown at their age, and in a search (decision 0087). */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { doubt } from '../../../../test/support/doubted-people.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { born, madeUpName, name, type StoredRecordOptions } from '../../../../test/support/stored-people.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

const YEAR = new Date().getFullYear();
const ago = (years: number, rest = '') => `${YEAR - years}${rest}`;
const guessed = (date: string): StoredRecordOptions => ({ dateOfBirth: born(date), flags: ['date-of-birth-estimated'] });

/** Somebody of these records, with a name that the police alone know. */
async function known(records: StoredRecordOptions[]) {
  const [family, alias] = [madeUpName(), madeUpName()];
  const { person } = await app.people.record({ names: [name(family, 'Ada')], source: 'liquidlogic', dateOfBirth: null });
  for (const record of records) await app.people.record({ person, names: [name(family, 'Ada')], ...record });
  await app.people.record({ person, source: 'niche', names: [name(family, 'Ada'), name(alias, 'Ada')], dateOfBirth: null });
  const { identity, panels } = (await app.get(`/v1/people/${person}`)).body.result;
  const found = (await app.search({ familyName: alias })).body.result.people;
  const police = panels.find(({ service }) => service === 'police')!.state.words;
  return {
    birth: identity.birth,
    police,
    named: identity.otherNames.some((other) => other.family === alias),
    found: found.some((one) => one.person === person),
  };
}

describe('Of several dates of birth', () => {
  it('one known to the day counts before a year that is believed more: what the police alone know of a child is not told', async () => {
    const { birth, ...told } = await known([
      { dateOfBirth: born(ago(19), 'year') },
      { source: 'synergy', dateOfBirth: born(ago(16, '-01-02')) },
    ]);
    expect(birth).toMatchObject({ date: ago(16, '-01-02') });
    expect(told).toEqual({ police: 'Not checked: shown from age 18', named: false, found: false });
  });

  it('a guess counts last, however exact it reads', async () => {
    const { birth, ...told } = await known([
      { dateOfBirth: born(ago(17, '-03'), 'month') },
      { source: 'synergy', ...guessed(ago(18, '-01-02')) },
    ]);
    expect(birth).toMatchObject({ date: ago(17, '-03') });
    expect(told).toEqual({ police: 'Not checked: shown from age 18', named: false, found: false });
  });

  it('a guess alone tells the year: whoever may be a child is one, and may be grown up', async () => {
    const guess = guessed(ago(18, '-01-02'));
    const { birth, ...told } = await known([guess]);
    // On the last day of a year everybody is as old as the year says.
    const lastDay = /-12-31/.test(new Date().toISOString());
    expect(birth).toMatchObject({ date: ago(18, '-01-02'), estimated: true, ageWords: lastDay ? '18 yrs' : '17 or 18 yrs' });
    expect(told).toMatchObject({ named: true, found: true });
    const family = madeUpName();
    const { person } = await app.people.record({ names: [name(family, 'Ada')], ...guess });
    const children = (await app.search({ familyName: family, journey: 'child-first' })).body.result.people;
    expect(children.map((one) => one.person)).toEqual(lastDay ? [] : [person]);
  });

  it('that of a record which its source has replaced does not count, however exact it is', async () => {
    const subject = randomUUID();
    const { birth, ...told } = await known([
      { source: 'synergy', subject, dateOfBirth: born(ago(16), 'year') },
      { source: 'synergy', dateOfBirth: born(ago(19, '-01-02')), replacedBy: subject },
    ]);
    expect(birth).toMatchObject({ date: ago(16) });
    expect(told).toEqual({ police: 'Not checked: shown from age 18', named: false, found: false });
  });

  it('that of a record which a reader has doubted does not count while it is held back', async () => {
    const alias = madeUpName();
    const { person } = await app.people.record({ dateOfBirth: born(ago(14), 'year') });
    const police = await app.people.record({ person, source: 'niche', dateOfBirth: born(ago(40, '-01-02')) });
    await app.people.record({ person, source: 'cis', names: [name(alias, 'Ada')], dateOfBirth: null });
    const found = async () => (await app.search({ familyName: alias })).body.result.people.map((one) => one.person);
    expect(await found()).toEqual([person]);
    await doubt(app, person, police.subject);
    expect((await app.get(`/v1/people/${person}`)).body.result.identity.birth).toMatchObject({ date: ago(14) });
    expect(await found()).toEqual([]);
  });

  it('page, panel and search go by the same one', async () => {
    const date = fc.oneof(
      fc.integer({ min: 14, max: 22 }).map((years) => born(ago(years, '-02-03'))),
      fc.integer({ min: 14, max: 22 }).map((years) => born(ago(years), 'year')),
      fc.integer({ min: 14, max: 22 }).map((years) => born(ago(years, '-12'), 'month')),
      fc.constantFrom(null, born('1900-01-01')),
    );
    const record = fc.record({
      source: fc.constantFrom('mosaic', 'synergy', 'cis'),
      dateOfBirth: date,
      flags: fc.constantFrom<StoredRecordOptions['flags']>([], [], ['date-of-birth-estimated']),
    });
    const seen = new Set<boolean>();
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 4 }), async (records) => {
        const { police, named, found } = await known(records);
        const shown = !police.endsWith('shown from age 18');
        seen.add(shown);
        expect({ named, found }).toEqual({ named: shown, found: shown });
      }),
      { numRuns: 40 },
    );
    expect(seen.size).toBe(2);
  }, 60_000);
});
