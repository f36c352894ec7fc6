import { textOf } from '../../../../test/support/pages.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { born, madeUpName, name } from '../../../../test/support/stored-people.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

const FILLED_IN = born('1900-01-01');
const identity = async (person: string) => (await app.get(`/v1/people/${person}`)).body.result;

describe('A date of birth that a system filled in where none is known', () => {
  it('makes nobody old: the page says that it is not known, and no service is left out for it', async () => {
    const { person } = await app.people.record({ dateOfBirth: FILLED_IN });
    const { identity: who, panels } = await identity(person);
    expect(who.birth).toBeNull();
    const words = (service: string) => panels.find((panel) => panel.service === service)!.state.words;
    expect(words('school')).toBe('Not checked: shown from age 4 to 20, date of birth not known');
    expect(words('police')).toBe('Not checked: shown from age 18, date of birth not known');
    const page = textOf((await app.get(`/people/${person}`)).text);
    expect(page).toContain('Born Not known');
    expect(page).toContain('Other dates of birth 1 Jan 1900 from Mosaic');
    expect(page).not.toContain('126 yrs');
  });

  it('gives way to one that is known, from whichever source', async () => {
    const { person } = await app.people.record({ dateOfBirth: FILLED_IN });
    await app.people.record({ person, source: 'synergy', dateOfBirth: born('2015-05-12') });
    expect((await identity(person)).identity.birth).toMatchObject({ date: '2015-05-12' });
  });

  it('takes no child out of the journey by a child, or out of what is found there', async () => {
    const family = madeUpName();
    const { person } = await app.people.record({ names: [name(family, 'Ada')], dateOfBirth: FILLED_IN });
    expect((await app.get(`/v1/people/${person}?child=${person}`)).status).toBe(200);
    const found = (await app.search({ familyName: family, journey: 'child-first' })).body.result.people;
    expect(found.map((one) => one.person)).toEqual([person]);
    const dated = await app.people.record({ dateOfBirth: born('1900-01-02') });
    expect((await app.get(`/v1/people/${dated.person}?child=${dated.person}`)).status).toBe(404);
  });

  it('is somebody’s own where it may be', async () => {
    const { person } = await app.people.record({ dateOfBirth: born('1970-01-01') });
    expect((await identity(person)).identity.birth).toMatchObject({ date: '1970-01-01' });
  });
});
