import { textOf } from '../../../../test/support/pages.js';
import { QueryApp } from '../../../../test/support/query-app.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open({ REQUESTS_PER_MINUTE: '20' });
});
afterAll(() => app?.close());

it('Whoever asks faster than a person reads is told to wait, by page and by REST; everybody else is answered', async () => {
  const asked = await Promise.all(Array.from({ length: 25 }, () => app.getUnasked('/help', 'amara.okafor')));
  expect(new Set(asked.map(({ status }) => status))).toEqual(new Set([200, 429]));
  const { person } = await app.people.record();
  const [page, rest] = [await app.getUnasked('/search', 'amara.okafor'), await app.getUnasked(`/v1/people/${person}`, 'amara.okafor')];
  expect([page.status, rest.status, rest.body.type]).toEqual([429, 429, 'urn:involvement-index:problem:too-much-asked']);
  expect(Number(rest.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(textOf(page.text)).toContain('Wait for a minute, then ask again.');
  expect((await app.getUnasked('/search', 'dan.whittle')).status).toBe(200);
});
