import { Client } from 'pg';
import { QueryApp } from '../../../../test/support/query-app.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

/** As an administrator does before maintenance: nobody new comes in, and who was in is put out. */
async function closed<Result>(act: () => Promise<Result>): Promise<Result> {
  const url = new URL(app.env.AUDIT_URL!);
  const name = url.pathname.slice(1);
  url.pathname = '/postgres';
  const admin = new Client({ connectionString: url.href });
  await admin.connect();
  const put = (allowed: boolean) => admin.query(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS ${allowed}`);
  try {
    await put(false);
    await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
    return await act();
  } finally {
    await put(true);
    await admin.end();
  }
}

test('audit pages say that they can’t be had now while the audit database lets nobody in', async () => {
  const headers = await app.as('ig.officer');
  await app.get('/audit/looks/refused', 'ig.officer');
  await closed(async () => {
    for (const path of ['/audit/looks/refused', '/audit/looks/refused/csv', '/audit/unusual'])
      expect([path, (await app.send(path, { headers })).status]).toEqual([path, 503]);
    const exported = await app.send('/audit/export', { method: 'POST', headers, body: new URLSearchParams({ reason: 'a try' }) });
    expect(exported.status).toBe(503);
  });
});
