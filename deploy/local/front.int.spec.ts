import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { textOf } from '../../test/support/pages.js';
import { QueryApp } from '../../test/support/query-app.js';
import { SpawnedApp } from '../../test/support/spawned-app.js';
import { eventually } from '../../test/support/eventually.js';
import { type Front, startFront } from './front.js';

const NOWHERE = 'postgres://postgres:postgres@127.0.0.1:1/nowhere';

let prepared: QueryApp;
let folder: string;
let query: SpawnedApp;
let front: Front;
let url: string;
beforeAll(async () => {
  prepared = await QueryApp.open();
  folder = await mkdtemp(join(tmpdir(), 'unavailable-'));
});
afterAll(async () => {
  await query?.stop();
  await front?.close();
  await rm(folder, { recursive: true, force: true });
  await prepared?.close();
});

const env = () => ({ ...prepared.env, UNAVAILABLE_DIR: folder });
const at = async (path: string, init?: RequestInit) => fetch(`${url}${path}`, { redirect: 'manual', ...init });

describe('What browsers reach', () => {
  it('is the query service while it runs: its pages, forms and cookies', async () => {
    query = await SpawnedApp.start('query', env());
    front = await startFront({ port: 0, target: Number(new URL(query.url).port), folder });
    url = `http://127.0.0.1:${front.port}`;
    const page = await at('/sign-in');
    expect([page.status, textOf(await page.text())]).toEqual([200, expect.stringContaining('You sign in with your usual')]);
    const refused = await at('/search', { method: 'POST', body: new URLSearchParams({ by: 'names' }), headers: { origin: url } });
    expect([refused.status, refused.headers.get('location')]).toEqual([303, '/sign-in']);
    const begun = await at('/sign-in/begin');
    expect([begun.status, begun.headers.getSetCookie().length]).toEqual([303, 1]);
  });

  it('is the desks’ numbers from the moment it is killed, whatever is asked for, and nothing of anybody', async () => {
    await query.kill();
    for (const path of ['/', '/search', '/people/0b7f9c1e-0d4a-4b43-9d3f-5a1f2f3c4d5e', '/v1/searches', '/assets/../secrets.json']) {
      const answer = await at(path);
      expect([answer.status, answer.headers.get('cache-control'), answer.headers.get('retry-after')]).toEqual([503, 'no-store', '60']);
      const text = textOf(await answer.text());
      expect(text).toContain('do not read it as “not involved”');
      expect(text).toContain('Police: Niche Desk The police Central Referral Unit By day 01632 960 170 Out of hours 01632 960 171');
    }
    expect(
      (await at('/search', { method: 'POST', body: new URLSearchParams({ by: 'names', familyName: 'x'.repeat(50_000) }) })).status,
    ).toBe(503);
  });

  it('looks then as it always does', async () => {
    const html = await (await at('/')).text();
    const styles = await at(/href="(\/assets\/[^"]+\.css)"/.exec(html)![1]!);
    expect([styles.status, styles.headers.get('content-type')]).toEqual([200, 'text/css']);
    expect((await styles.text()).length).toBeGreaterThan(10_000);
  });

  it('is the numbers as they are now, also when it can’t start because a database is away', async () => {
    await rm(folder, { recursive: true, force: true });
    const starting = await SpawnedApp.start('query', { ...env(), SESSIONS_URL: NOWHERE }, { awaited: false });
    await eventually('it gave up', async () => starting.hasEnded);
    const answer = await at('/');
    expect([answer.status, textOf(await answer.text())]).toEqual([503, expect.stringContaining('01632 960 170')]);
  });

  it('says so where there never was anything', async () => {
    await rm(folder, { recursive: true, force: true });
    expect((await at('/')).status).toBe(503);
  });
});
