/** What sources and readers write that is no ordinary text: on every page, and in what is searched by. */
import { QueryApp } from '../../../test/support/query-app.js';
import { pagePathsOf } from '../../../test/support/said-of-person.js';
import { address, born, madeUpName, name } from '../../../test/support/stored-people.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

const OVERRIDE = '\u202E';

describe('A name that turns the direction of writing', () => {
  it('mirrors nothing that stands beside it, on any page, and can be reported as it is shown', async () => {
    const [family, home] = [madeUpName(), address(`4 ${OVERRIDE}Mill Row`, 'NB4 2QT')];
    const whole = { names: [name(family, `${OVERRIDE}Ada`)], dateOfBirth: born('2015-05-12'), addresses: [home] };
    const child = await app.people.record(whole);
    const sister = await app.people.record({ ...whole, dateOfBirth: born('2016-05-12') });
    await app.people.link(child.subject, sister.subject, 'sibling');
    for (const path of pagePathsOf(child.person)) {
      const { status, text } = await app.get(path);
      expect([path, status]).toEqual([path, 200]);
      expect(text).toContain(`${family.toUpperCase()}, Ada`);
      expect(text).not.toContain(OVERRIDE);
    }
    const report = { value: `name:${family.toUpperCase()}, Ada`, category: 'wrong-value', words: '', named: 'no' };
    expect((await app.sendForm(`/people/${child.person}/problem`, report)).status).toBe(303);
  });
});

describe('A text with a NUL, which nobody types and no database takes', () => {
  it.each([{ caseId: 'M-1\0' }, { familyName: '\0', givenName: 'Ada' }])('is no search: %j', async (terms) => {
    const kept = await app.keep(terms);
    expect([kept.status, kept.body.type]).toEqual([400, 'urn:involvement-index:problem:bad-request']);
  });

  it('is looked for however deep what is sent is nested', async () => {
    const headers = { ...(await app.as('amara.okafor')), 'content-type': 'application/json' };
    const deep = '['.repeat(30_000) + ']'.repeat(30_000);
    expect((await app.send('/v1/searches', { method: 'POST', headers, body: deep })).status).toBe(400);
  });

  it('is no form', async () => {
    const got = await app.sendForm('/search', { by: 'case-id', caseId: 'M-1\0' });
    expect(got.status).toBe(400);
    expect(got.text).toContain('This could not be read');
  });
});
