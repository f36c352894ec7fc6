import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateAudit } from '#lib/audit';
import { asAuditUsers } from '../../../../test/support/audit-users.js';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { readQuerySettings } from '../settings.js';

const secret = () => randomBytes(32).toString('base64');
const production = () => ({
  NODE_ENV: 'production',
  AUDIT_TERMS_KEY: secret(),
  SESSION_SECRET: secret(),
  PUBLIC_URL: 'https://index.example/',
  AUDIT_SPOOL_DIR: '/var/spool/audit',
  UNAVAILABLE_DIR: join(tmpdir(), 'unavailable-in-production'),
  OIDC_ISSUER: 'https://127.0.0.1:9',
  OIDC_AUDIENCE: 'api://index',
  OIDC_CLIENT_ID: 'index',
  OIDC_CLIENT_SECRET: secret(),
  INGEST_URL: 'http://ingest.internal:8080',
  INGEST_CLIENT_SECRET: secret(),
  MATCHER_STEWARDS_URL: 'postgres://x/y',
});
const READ_MODEL_URL = 'postgres://x/y';
const problemsOf = (change: Record<string, string | undefined>): string => {
  try {
    readQuerySettings({
      ...production(),
      READ_MODEL_URL,
      SESSIONS_URL: READ_MODEL_URL,
      AUDIT_URL: READ_MODEL_URL,
      AUDIT_READ_URL: READ_MODEL_URL,
      ...change,
    });
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('In production', () => {
  it('a real directory over TLS is enough to start, though it can’t be reached yet', async () => {
    const app = await QueryApp.open(production());
    try {
      expect((await app.send('/health/ready', {})).status).toBe(200);
      expect((await app.send('/sign-in', {})).status).toBe(200);
      const begun = await app.send('/sign-in/begin', {});
      expect([begun.status, begun.text]).toEqual([503, expect.stringContaining('Whom to ring')]);
      // Cookies that no other host can plant, and that never travel without TLS.
      const asked = await app.send('/search', {});
      expect(asked.headers.getSetCookie()).toEqual([
        expect.stringMatching(/^__Host-going-to=[^;]+; Max-Age=3600; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
      ]);
    } finally {
      await app.close();
    }
  });

  it('it does not start while it comes to the audit database, by either address, as a user who could change the log', async () => {
    const url = await freshDatabase('audit');
    await migrateAudit(url);
    const { AUDIT_URL, AUDIT_READ_URL } = await asAuditUsers(url);
    const said = (name: string) => `${name} comes as a user who could change what is on record`;
    const starting = (addresses: object) => QueryApp.open({ ...production(), AUDIT_URL, AUDIT_READ_URL, ...addresses });
    await expect(starting({ AUDIT_URL: url })).rejects.toThrow(said('AUDIT_URL'));
    await expect(starting({ AUDIT_READ_URL: url })).rejects.toThrow(said('AUDIT_READ_URL'));
  });

  it.each([
    ['an issuer without TLS', { OIDC_ISSUER: 'http://directory.example' }, 'OIDC_ISSUER must begin with https'],
    ['no issuer', { OIDC_ISSUER: undefined }, 'OIDC_ISSUER is not set'],
    ['a public address without TLS', { PUBLIC_URL: 'http://index.example' }, 'PUBLIC_URL must begin with https'],
    ['no public address', { PUBLIC_URL: undefined }, 'PUBLIC_URL is not set'],
    [
      'the client secret of development',
      { OIDC_CLIENT_SECRET: 'development client secret' },
      'OIDC_CLIENT_SECRET is the development default',
    ],
    ['no folder for the page that is shown while it is away', { UNAVAILABLE_DIR: '' }, 'UNAVAILABLE_DIR is empty'],
    ...['0.0.0.0/0', '::/0', '::ffff:0:0/96', '10.0.0.0/8', 'true', '1', 'front.example', '10.0.0.1/', '10.0.0.1 10.0.0.2'].map(
      (who) =>
        [`${who} trusted to say where readers come from`, { TRUSTED_PROXIES: who }, 'TRUSTED_PROXIES is not valid'] as [
          string,
          Record<string, string>,
          string,
        ],
    ),
    ['no client secret', { OIDC_CLIENT_SECRET: undefined }, 'OIDC_CLIENT_SECRET is not set'],
  ])('it does not start with %s', (_, change, problem) => {
    expect(problemsOf(change)).toContain(problem);
  });

  it('the front servers that are named say where readers come from', () => {
    expect(problemsOf({ TRUSTED_PROXIES: '10.2.0.11, 10.2.0.0/28,10.2.0.0/16, fd00::7' })).toBe('');
  });

  it('the public address is taken without what stands behind its host', () => {
    expect(
      readQuerySettings({
        ...production(),
        READ_MODEL_URL,
        SESSIONS_URL: READ_MODEL_URL,
        AUDIT_URL: READ_MODEL_URL,
        AUDIT_READ_URL: READ_MODEL_URL,
      }).publicUrl,
    ).toBe('https://index.example');
  });
});
