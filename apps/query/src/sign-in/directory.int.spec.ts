/** What is believed of a directory that lies, and what happens while it is away. */
import { readAudit } from '#lib/audit';
import { revoke } from '#lib/identity';
import { generateKeyPair, type JWTPayload } from 'jose';
import { Pool } from 'pg';
import { OwnIssuer } from '../../../../test/support/own-issuer.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { Visitor } from '../../../../test/support/visitor.js';

let directory: OwnIssuer;
let app: QueryApp;
beforeAll(async () => {
  directory = await OwnIssuer.open();
  app = await QueryApp.open({ OIDC_ISSUER: directory.url });
});
afterAll(async () => {
  await app?.close();
  await directory?.close();
});

const seconds = () => Math.floor(Date.now() / 1000);
const WHO = {
  sub: '1',
  aud: 'involvement-index',
  preferred_username: 'amara.okafor',
  name: 'Amara Okafor',
  groups: ['Index social workers'],
};
const begin = async () => {
  const visitor = new Visitor(app.url);
  const begun = (await visitor.open('/sign-in/begin')).headers.get('location')!;
  return { visitor, returning: directory.returning(begun) };
};
const last = async () => (await readAudit(app.env.AUDIT_URL!, { last: 1 }))[0];

describe('An ID token', () => {
  const comeBack = async () => {
    const { visitor, returning } = await begin();
    const answer = await visitor.open(returning);
    return [answer.status, (await last())?.action, (await last())?.shown?.why];
  };

  it('that is as it should be signs the reader in', async () => {
    directory.idToken = (nonce) => directory.sign({ ...WHO, nonce });
    expect(await comeBack()).toEqual([303, 'signed-in', undefined]);
  });

  it.each<[string, JWTPayload]>([
    ['of another sign-in', { nonce: 'another' }],
    ['that names no sign-in', { nonce: undefined }],
    ['for another client', { aud: 'another' }],
    ['for several clients, given to another', { aud: ['involvement-index', 'another'], azp: 'another' }],
    ['of another issuer', { iss: 'https://elsewhere.example' }],
    ['that is over', { iat: seconds() - 7200, exp: seconds() - 3600 }],
    ['that never ends', { exp: undefined }],
    ['without a subject', { sub: undefined }],
  ])('%s proves nobody, and that is on record', async (_, claims) => {
    directory.idToken = (nonce) => directory.sign({ ...WHO, nonce, ...claims });
    expect(await comeBack()).toEqual([403, 'sign-in-refused', 'not-proved']);
  });

  it('signed by somebody else proves nobody, though it came by the direct way', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    directory.idToken = (nonce) => directory.sign({ ...WHO, nonce }, { key: privateKey });
    expect(await comeBack()).toEqual([403, 'sign-in-refused', 'not-proved']);
  });

  it('that is none, or not there, proves nobody', async () => {
    for (const nothing of ['x.y.z', undefined, 7]) {
      directory.idToken = async () => nothing;
      expect(await comeBack()).toEqual([403, 'sign-in-refused', 'not-proved']);
    }
  });

  it('proves nobody when the answer names another directory (a mix-up)', async () => {
    directory.idToken = (nonce) => directory.sign({ ...WHO, nonce });
    const { visitor, returning } = await begin();
    const answer = await visitor.open(
      returning.replace(encodeURIComponent(directory.url), encodeURIComponent('https://elsewhere.example')),
    );
    expect([answer.status, (await last())?.shown?.why]).toEqual([403, 'not-proved']);
  });
});

describe('A machine', () => {
  const bearer = async (claims: JWTPayload) => ({
    authorization: `Bearer ${await directory.sign({ aud: 'urn:involvement-index', client_id: 'case-management', scope: 'query:read', ...claims })}`,
  });
  const ask = async (claims: JWTPayload, path = '/v1/people/0d3b2046-e8d6-4181-9859-392520cbede7', body?: object) =>
    app.send(path, {
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json', ...(await bearer(claims)) },
    });

  it('asks in the name of its own reader, and that is on record', async () => {
    const { person } = await app.people.record();
    const asked = await ask({}, `/v1/people/${person}`);
    expect([asked.status, asked.body.type]).toEqual([403, 'urn:involvement-index:problem:reason-needed']);
    await ask({}, `/v1/people/${person}/reasons`, { purpose: 'handover', reference: 'none-yet' });
    const got = await ask({}, `/v1/people/${person}`);
    expect(got.status).toBe(200);
    expect((await app.auditOf(got))[0]).toMatchObject({
      action: 'viewed-person',
      reader: 'machine.case-management',
      role: 'social-worker',
      team: 'Machine clients',
    });
  });

  it.each<[string, JWTPayload, number]>([
    ['without the scope', { scope: 'ingest:mosaic' }, 403],
    ['that the settings do not name', { client_id: 'somebody' }, 403],
    ['with a token for another service', { aud: 'urn:other' }, 401],
    ['with a token that is over', { iat: seconds() - 900, exp: seconds() - 300 }, 401],
  ])('%s is refused', async (_, claims, status) => {
    const got = await ask(claims);
    expect(got.status).toBe(status);
    expect(await app.auditOf(got)).toMatchObject(status === 403 ? [{ action: 'sign-in-refused', outcome: 'denied' }] : []);
  });

  it('makes links with the scope for them alone, which reads nothing, and asks questions with theirs, which makes no links', async () => {
    const link = async (scope: string) => {
      const headers = { ...(await bearer({ scope })), 'content-type': 'application/json' };
      return (await app.send('/v1/links', { method: 'POST', headers, body: JSON.stringify({ caseId: '249012' }) })).status;
    };
    expect([await link('links:create'), await link('query:read')]).toEqual([201, 403]);
    expect((await ask({ scope: 'links:create' })).status).toBe(403);
  });

  it('reads no pages: they are for readers alone', async () => {
    for (const path of ['/search', '/operations', '/session/all']) expect((await ask({}, path)).status).toBe(303);
  });

  it('is refused once what it was given has been taken back, and may ask with what it is given later', async () => {
    const pool = new Pool({ connectionString: app.env.SESSIONS_URL! });
    await revoke(pool, 'case-management', Date.now() - 60_000);
    await pool.end();
    const until = Date.now() + 40_000;
    while ((await ask({ iat: seconds() - 120 })).status !== 401 && Date.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 500));
    const got = await ask({ iat: seconds() - 120 });
    expect([got.status, await app.auditOf(got)]).toMatchObject([
      401,
      [{ action: 'sign-in-refused', outcome: 'denied', reader: 'case-management', shown: { why: 'revoked', machine: true } }],
    ]);
    // Known again: it is only asked why.
    expect((await ask({})).body.type).toBe('urn:involvement-index:problem:reason-needed');
  });
});

describe('While the directory is away', () => {
  it('nobody can begin to sign in: they get the desks’ numbers; whoever is signed in stays so, and signs out', async () => {
    directory.idToken = (nonce) => directory.sign({ ...WHO, nonce });
    const { visitor, returning } = await begin();
    await visitor.open(returning);
    const late = await QueryApp.open({ OIDC_ISSUER: 'http://127.0.0.1:9' });
    try {
      const begun = await late.send('/sign-in/begin', {});
      expect([begun.status, begun.text]).toEqual([503, expect.stringContaining('Whom to ring')]);
      expect((await late.send('/health/ready', {})).status).toBe(200);
      expect((await late.send('/v1/searches/x', { headers: { authorization: 'Bearer a.b.c' } })).status).toBe(401);
      const token = await directory.sign({ aud: 'urn:involvement-index', client_id: 'case-management', scope: 'query:read' });
      expect((await late.send('/v1/searches/x', { headers: { authorization: `Bearer ${token}` } })).status).toBe(503);
    } finally {
      await late.close();
    }
    directory.down = true;
    expect((await visitor.open('/search')).status).toBe(200);
    const half = await begin();
    expect((await half.visitor.open(half.returning)).status).toBe(503);
    expect((await visitor.send('/sign-out', { method: 'POST' })).headers.get('location')).toBe('/signed-out');
    directory.down = false;
  });
});
