import { randomBytes } from 'node:crypto';
import { readAudit } from '#lib/audit';
import { Pool } from 'pg';
import { QueryApp } from '../../../../test/support/query-app.js';
import { IDLE, LONGEST, Sessions } from './sessions.js';

let app: QueryApp;
let pool: Pool;
beforeAll(async () => {
  app = await QueryApp.open();
  pool = new Pool({ connectionString: app.env.READ_MODEL_URL! });
});
afterAll(async () => {
  await pool?.end();
  await app?.close();
});

const form = (fields: Record<string, string>, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  body: new URLSearchParams(fields),
});
const signIn = async (reader: string) => (await app.send('/sign-in', form({ reader }))).headers.get('set-cookie') ?? '';
const withCookie = (cookie: string): RequestInit => ({ headers: { cookie: cookie.split(';')[0]! } });
const lastAction = async () => (await readAudit(app.env.AUDIT_URL!, { last: 1 }))[0];

describe('Signing in', () => {
  it('starts a session in a cookie that scripts can’t read and other sites can’t send, and is recorded', async () => {
    const cookie = await signIn('amara.okafor');
    expect(cookie).toMatch(/^session=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(await lastAction()).toMatchObject({ action: 'signed-in', outcome: 'done', reader: 'amara.okafor', team: 'Assessment East' });
    expect((await app.send('/search', withCookie(cookie))).status).toBe(200);
  });

  it('keeps no token that opens anything in the database', async () => {
    const cookie = await signIn('amara.okafor');
    const token = decodeURIComponent(cookie.split(';')[0]!.slice('session='.length)).split('.')[0]!;
    const { rows } = await pool.query<{ whole: string }>('SELECT s::text AS whole FROM session.session s');
    expect(rows.some(({ whole }) => whole.includes(token))).toBe(false);
    expect(rows.some(({ whole }) => whole.includes(Buffer.from(token).toString('hex')))).toBe(false);
  });

  it('is refused to whoever is not known, and the attempt is recorded without the name tried', async () => {
    const got = await app.send('/sign-in', form({ reader: 'mallory' }));
    expect(got.headers.get('set-cookie')).toBeNull();
    const recorded = await lastAction();
    expect(recorded).toMatchObject({ action: 'sign-in-refused', outcome: 'denied', reader: null });
    expect(JSON.stringify(recorded)).not.toContain('mallory');
  });

  it('can’t be done for a reader by another site', async () => {
    const got = await app.send('/sign-in', form({ reader: 'amara.okafor' }, { origin: 'https://elsewhere.example' }));
    expect(got.status).toBe(403);
    expect(got.headers.get('set-cookie')).toBeNull();
  });

  it('is refused in production: the form believes anybody', async () => {
    const secret = () => randomBytes(32).toString('base64');
    const { startQuery } = await import('../start.js');
    const env = { ...app.env, NODE_ENV: 'production', AUDIT_TERMS_KEY: secret(), SESSION_SECRET: secret(), AUDIT_SPOOL_DIR: '/nowhere' };
    await expect(startQuery(env)).rejects.toThrow('refused in production');
  });
});

describe('A session', () => {
  it('is needed for every page and answer', async () => {
    const page = await app.send('/search', {});
    expect([page.status, page.headers.get('location')]).toEqual([303, '/sign-in']);
    expect((await app.send('/v1/searches/x', {})).status).toBe(401);
  });

  it('is not opened by a cookie of one’s own making', async () => {
    const cookie = await signIn('amara.okafor');
    const forged = cookie.replace(/^session=./, (start) => (start.endsWith('A') ? 'session=B' : 'session=A')).split(';')[0]!;
    for (const cookie of [forged, 'session=abc', 'session=abc.def', 'session=']) {
      expect((await app.send('/v1/searches/x', { headers: { cookie } })).status).toBe(401);
    }
  });

  it('ends with signing out, and the cookie opens nothing any more', async () => {
    const cookie = await signIn('priya.nair');
    await app.send('/sign-out', form({}, { cookie: cookie.split(';')[0]! }));
    expect(await lastAction()).toMatchObject({ action: 'signed-out', reader: 'priya.nair', role: 'team-manager' });
    expect((await app.send('/search', withCookie(cookie))).status).toBe(303);
  });

  it('ends after 15 idle minutes and is kept alive by use, but after 10 hours it is over', async () => {
    const sessions = new Sessions(pool);
    const reader = { id: 'amara.okafor', name: 'Amara Okafor', role: 'social-worker' as const, team: 'Assessment East' };
    const start = Date.now();
    const idle = await sessions.start(reader, start);
    expect(await sessions.readerOf(idle, start + IDLE - 1)).toEqual(reader);
    expect(await sessions.readerOf(idle, start + IDLE - 1 + IDLE)).toBeNull();
    const used = await sessions.start(reader, start);
    for (let at = start; at < start + LONGEST; at += IDLE - 1_000) expect(await sessions.readerOf(used, at)).toEqual(reader);
    expect(await sessions.readerOf(used, start + LONGEST)).toBeNull();
  });

  it('that is over is swept away', async () => {
    const sessions = new Sessions(pool);
    const reader = { id: 'old.reader', name: 'Old', role: 'duty' as const, team: 'Duty' };
    await sessions.start(reader, Date.now() - LONGEST);
    await sessions.start(reader);
    const { rows } = await pool.query(`SELECT count(*)::int AS kept FROM session.session WHERE reader->>'id' = 'old.reader'`);
    expect(rows).toEqual([{ kept: 1 }]);
  });
});

describe('Every answer', () => {
  it.each(['/search', '/sign-in', '/v1/searches/x', '/health/live', '/docs', '/nowhere'])(
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
