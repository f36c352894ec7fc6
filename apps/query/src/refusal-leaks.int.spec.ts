/** What a refusal or an error must not tell: who exists, or what was asked. */
import { randomUUID } from 'node:crypto';
import { QueryApp } from '../../../test/support/query-app.js';
import { apiPathsOf, pagePathsOf, said } from '../../../test/support/said-of-person.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

describe('A reader whose role does not include families', () => {
  it('gets nothing over any address, and the attempt is recorded', async () => {
    const { person } = await app.people.record();
    for (const path of [...apiPathsOf(person), ...pagePathsOf(person)]) {
      const got = await app.get(path, 'ig.officer');
      expect(got.status).toBe(403);
      expect(got.text).not.toContain(person);
      expect(await app.auditOf(got)).toMatchObject([{ outcome: 'denied', reader: 'ig.officer', role: 'ig-officer', person }]);
    }
  });

  it('can’t search either', async () => {
    const got = await app.search({ familyName: 'Williams' }, 'ig.officer');
    expect(got.status).toBe(403);
    expect(await app.auditOf(got)).toMatchObject([{ action: 'searched', outcome: 'denied' }]);
  });

  it('learns nothing of who exists: a person there and one absent get the same bytes', async () => {
    const { person } = await app.people.record();
    const [there, absent] = [
      await app.get(`/v1/people/${person}`, 'ig.officer'),
      await app.get(`/v1/people/${randomUUID()}`, 'ig.officer'),
    ];
    expect(said(there)).toEqual(said(absent));
  });
});

describe('An error', () => {
  it.each(['/v1/people/%00', '/v1/people/1%27;--', '/v1/people/williams', '/v1/searches/williams', '/v1/nothing', '/people/williams'])(
    'quotes nothing that was asked: %s',
    async (path) => {
      const got = await app.get(path);
      expect(got.status).toBe(404);
      expect(got.text).not.toMatch(/williams|1'|;--/i);
    },
  );

  it.each([
    ['{"familyName": "Williams', 400],
    [JSON.stringify({ familyName: 'W'.repeat(100_000) }), 413],
  ])('of reading a body quotes none of it', async (body, status) => {
    const got = await app.send('/v1/searches', {
      method: 'POST',
      headers: { ...(await app.as('amara.okafor')), 'content-type': 'application/json' },
      body,
    });
    expect(got.status).toBe(status);
    expect(got.headers.get('content-type')).toContain('application/problem+json');
    expect(got.text).not.toMatch(/W/);
  });

  it('tells whoever is not signed in no more than that', async () => {
    const got = await app.send(`/v1/people/${randomUUID()}`, {});
    expect([got.status, got.body.type]).toEqual([401, 'urn:involvement-index:problem:not-signed-in']);
  });
});
