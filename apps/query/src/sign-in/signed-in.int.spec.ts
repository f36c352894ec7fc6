import { readAudit } from '#lib/audit';
import { EVERYBODY, revoke } from '#lib/identity';
import { Pool } from 'pg';
import { QueryApp } from '../../../../test/support/query-app.js';
import { Visitor } from '../../../../test/support/visitor.js';

let app: QueryApp;
let pool: Pool;
beforeAll(async () => {
  app = await QueryApp.open();
  pool = new Pool({ connectionString: app.env.SESSIONS_URL! });
});
afterAll(async () => {
  await pool?.end();
  await app?.close();
});

const visitor = () => new Visitor(app.url);
const enter = (reader: string) => Visitor.signedIn(app.url, reader);
const lastActions = async (last: number) => readAudit(app.env.AUDIT_URL!, { last });
const lastAction = async () => (await lastActions(1))[0];
const locationOf = (response: Response) => response.headers.get('location') ?? '';

describe('A session', () => {
  it('is needed for every page and answer', async () => {
    const page = await app.send('/search', {});
    expect([page.status, page.headers.get('location')]).toEqual([303, '/sign-in']);
    expect((await app.send('/v1/searches/x', {})).status).toBe(401);
  });

  it('is not opened by a cookie of one’s own making', async () => {
    const token = /session=([^;]+)/.exec((await enter('amara.okafor')).header.cookie)![1]!;
    const forged = (token.startsWith('A') ? 'B' : 'A') + token.slice(1);
    for (const cookie of [forged, 'abc', 'abc.def', '']) {
      expect((await app.send('/v1/searches/x', { headers: { cookie: `session=${cookie}` } })).status).toBe(401);
    }
  });

  it('ends with signing out, here and then at the directory, and the cookie opens nothing any more', async () => {
    const priya = await enter('priya.nair');
    const { cookie } = priya.header;
    const left = await priya.send('/sign-out', { method: 'POST' });
    expect([left.status, locationOf(left)]).toEqual([303, '/sign-out']);
    expect(await priya.read('/sign-out')).toContain('content="0; url=/sign-out/directory"');
    const directory = new URL(locationOf(await priya.open('/sign-out/directory')));
    expect([directory.origin, directory.searchParams.get('post_logout_redirect_uri')]).toEqual([
      app.env.OIDC_ISSUER,
      `${app.url}/signed-out`,
    ]);
    expect(await lastAction()).toMatchObject({ action: 'signed-out', reader: 'priya.nair', role: 'team-manager' });
    expect((await app.send('/search', { headers: { cookie } })).status).toBe(303);
  });

  it('goes on where the address of signing out was only opened, which says so and offers to end it', async () => {
    const priya = await enter('priya.nair');
    for (const path of ['/sign-out', '/signed-out']) {
      const page = await priya.read(path);
      expect(page).toContain('You are still signed in');
      expect(page).not.toMatch(/You are signed out|http-equiv="refresh"/);
      expect(page).toMatch(/action="\/sign-out"[^>]*>\s*<button type="submit" class="govuk-button"/);
    }
    expect(locationOf(await priya.open('/sign-out/directory'))).toBe('/sign-out');
    expect((await priya.open('/search')).status).toBe(200);
    await priya.send('/sign-out', { method: 'POST' });
    expect(await priya.read('/signed-out')).toContain('You are signed out');
  });

  it('is marked among the reader’s own, so that the others can be told from it', async () => {
    const [desk, tablet] = [await enter('dan.whittle'), await enter('dan.whittle')];
    await pool.query(`UPDATE session.session SET started_at = started_at - 60000 WHERE id = (
      SELECT id FROM session.session WHERE reader->>'id' = 'dan.whittle' ORDER BY started_at LIMIT 1)`);
    const marked = async (visitor: Visitor) =>
      (await visitor.read('/session/all')).split('</tr>').map((row) => row.includes('This session'));
    // The newest first, below the row of headings.
    expect([(await marked(tablet)).indexOf(true), (await marked(desk)).indexOf(true)]).toEqual([1, 2]);
    expect((await marked(tablet)).filter(Boolean)).toHaveLength(1);
  });

  it('can’t be ended for a reader by another site', async () => {
    const priya = await enter('priya.nair');
    for (const path of ['/sign-out', '/session/stay', '/session/all/end'])
      expect((await app.send(path, { method: 'POST', headers: { ...priya.header, origin: 'https://elsewhere.example' } })).status).toBe(
        403,
      );
    expect((await priya.open('/search')).status).toBe(200);
  });

  it('of one reader can be ended everywhere at once', async () => {
    const [desk, tablet, another] = [await enter('priya.nair'), await enter('priya.nair'), await enter('amara.okafor')];
    expect(await desk.read('/session/all')).toContain('Sign out everywhere');
    await desk.submit('/session/all/end', {}).catch(() => undefined);
    expect(await readAudit(app.env.AUDIT_URL!, { last: 1, reader: 'priya.nair' })).toMatchObject([
      { action: 'signed-out', shown: { everywhere: true } },
    ]);
    expect([(await tablet.open('/search')).status, (await desk.open('/search')).status]).toEqual([303, 303]);
    expect((await another.open('/search')).status).toBe(200);
    // Taken back was what there was; the reader may come again.
    expect(await tablet.read('/sign-in/begin')).toContain('Find Service Involvement');
  });

  it('that is over leads to a page that says so, and from there back to where the reader was', async () => {
    const { person, subject } = await app.people.record();
    await app.people.onCaseloadOf('amara.okafor', subject);
    const amara = await enter('amara.okafor');
    await pool.query(`UPDATE session.session SET last_seen_at = last_seen_at - 900001 WHERE reader->>'id' = 'amara.okafor'`);
    const next = await amara.open(`/people/${person}`);
    expect([next.status, locationOf(next)]).toEqual([303, '/timed-out']);
    const timedOut = await amara.read('/timed-out');
    for (const words of ['You were signed out', 'If you have just pressed a button, nothing was sent.']) expect(timedOut).toContain(words);
    const back = await amara.arrive(await amara.open('/sign-in/begin'));
    expect(new URL(back.url).pathname).toBe(`/people/${person}`);
  });

  it('that ends while a form is filled in leads back to the form', async () => {
    const amara = await enter('amara.okafor');
    await pool.query(`UPDATE session.session SET last_seen_at = 0 WHERE reader->>'id' = 'amara.okafor'`);
    await amara.send('/search', {
      method: 'POST',
      headers: { referer: `${app.url}/search?caseId=249012` },
      body: new URLSearchParams({ caseId: '249012' }),
    });
    const back = await amara.arrive(await amara.open('/sign-in/begin'));
    expect(new URL(back.url).pathname + new URL(back.url).search).toBe('/search');
  });

  it('tells an open page how long it lasts, which is not using it; staying is', async () => {
    const amara = await enter('amara.okafor');
    const seen = () =>
      pool.query<{ at: string }>(`SELECT max(last_seen_at) AS at FROM session.session WHERE reader->>'id' = 'amara.okafor'`);
    await pool.query(`UPDATE session.session SET last_seen_at = last_seen_at - 800000 WHERE reader->>'id' = 'amara.okafor'`);
    const before = (await seen()).rows[0]!.at;
    const ends = (await (await amara.open('/session')).json()) as { left: number; canStay: boolean };
    expect(ends.left).toBeGreaterThan(90);
    expect(ends.left).toBeLessThan(101);
    expect((await seen()).rows[0]!.at).toBe(before);
    expect(await (await amara.send('/session/stay', { method: 'POST' })).json()).toEqual({ left: expect.any(Number), canStay: true });
    expect(Number((await seen()).rows[0]!.at)).toBeGreaterThan(Number(before));
    expect(await (await visitor().open('/session')).json()).toEqual({ left: 0, canStay: false });
  });

  it('is not used by what a page asks by itself, which leads to where one signs in once it is over', async () => {
    const amara = await enter('amara.okafor');
    const seen = () =>
      app.inSessions<{ at: string }>(`SELECT last_seen_at AS at FROM session.session WHERE reader->>'id' = 'amara.okafor' ORDER BY id`);
    await pool.query(`UPDATE session.session SET last_seen_at = last_seen_at - 600000, rotated_at = rotated_at - 7200000`);
    const [before, { cookie }] = [await seen(), amara.header];
    expect((await amara.open('/search', { 'x-by-itself': 'yes' })).status).toBe(200);
    expect([await seen(), amara.header.cookie]).toEqual([before, cookie]);
    await pool.query('UPDATE session.session SET last_seen_at = last_seen_at - 300001');
    expect(locationOf(await amara.open('/search', { 'x-by-itself': 'yes' }))).toBe('/timed-out');
  });

  it('is over at once when it is revoked, for one reader or for everybody', async () => {
    const [amara, priya] = [await enter('amara.okafor'), await enter('priya.nair')];
    await revoke(pool, 'amara.okafor');
    expect([(await amara.open('/search')).status, (await priya.open('/search')).status]).toEqual([303, 200]);
    await revoke(pool, EVERYBODY);
    expect((await priya.open('/search')).status).toBe(303);
    await pool.query('DELETE FROM session.revoked');
  });
});

describe('Every answer', () => {
  it.each(['/search', '/sign-in', '/timed-out', '/session', '/v1/searches/x', '/health/live', '/docs', '/nowhere'])(
    'is stored nowhere and runs nothing but our own files: %s',
    async (path) => {
      const { headers } = await app.get(path);
      expect(headers.get('cache-control')).toBe('no-store');
      const policy = headers.get('content-security-policy')!;
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
    },
  );

  it('of health and metrics is open to machines and holds nothing of a person', async () => {
    expect((await app.send('/health/live', {})).status).toBe(200);
    const ready = await app.send('/health/ready', {});
    expect(ready.body).toMatchObject({ status: 'ready' });
    const { text } = await app.send('/metrics', {});
    expect(text).not.toMatch(/amara|priya|searches\/[0-9a-f]/i);
  });
});
