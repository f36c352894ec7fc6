import { generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { eventually } from '../../../test/support/eventually.js';
import { OwnIssuer } from '../../../test/support/own-issuer.js';
import { AccessTokens } from './access-tokens.js';
import { IssuerUnavailable } from './errors.js';
import { Issuer } from './issuer.js';

const MINUTE = 60_000;
const GOOD: JWTPayload = { aud: 'urn:index', client_id: 'mosaic', scope: 'ingest:mosaic other' };
const seconds = () => Math.floor(Date.now() / 1000);

let directory: OwnIssuer;
let now: number;
let tokens: AccessTokens;
beforeEach(async () => {
  directory = await OwnIssuer.open();
  now = Date.now();
  tokens = new AccessTokens(new Issuer({ url: directory.url, now: () => now }), 'urn:index');
});
afterEach(() => directory.close());

const believed = async (claims: JWTPayload, o?: Parameters<OwnIssuer['sign']>[1]) =>
  tokens.callerOf(`Bearer ${await directory.sign({ ...GOOD, ...claims }, o)}`).then(
    ({ client }) => client,
    (error: Error & { code?: string }) => error.code ?? error.message,
  );

const refusalOf = (token: string) =>
  tokens.callerOf(`Bearer ${token}`).then(
    () => 'believed',
    (error: { code: string }) => error.code,
  );

describe('An access token', () => {
  it('says which machine it was given to, when, and for what', async () => {
    const iat = seconds() - 100;
    const caller = await tokens.callerOf(`Bearer ${await directory.sign({ ...GOOD, iat })}`);
    expect({ ...caller, scopes: [...caller.scopes] }).toEqual({
      client: 'mosaic',
      scopes: ['ingest:mosaic', 'other'],
      issuedAt: iat * 1000,
    });
  });

  it('may name the machine and its rights as other directories do', async () => {
    for (const naming of ['azp', 'appid']) {
      const claims = { aud: ['x', 'urn:index'], [naming]: 'mosaic', roles: ['ingest:mosaic'] };
      const caller = await tokens.callerOf(`bearer ${await directory.sign(claims)}`);
      expect([caller.client, [...caller.scopes]]).toEqual(['mosaic', ['ingest:mosaic']]);
    }
  });

  it.each<[string, JWTPayload, string]>([
    ['for another service', { aud: 'urn:other' }, 'not-believed'],
    ['for no service', { aud: undefined }, 'not-believed'],
    ['of another issuer', { iss: 'https://elsewhere.example' }, 'not-believed'],
    ['that is over', { iat: seconds() - 700, exp: seconds() - 60 }, 'expired'],
    ['that never ends', { exp: undefined }, 'not-believed'],
    ['that holds for years, given two hours ago', { iat: seconds() - 7200, exp: seconds() + 1e8 }, 'expired'],
    ['that does not say when it was given', { iat: undefined }, 'not-believed'],
    ['given in the future', { iat: seconds() + 3600, exp: seconds() + 7200 }, 'not-believed'],
    ['not to be used yet', { nbf: seconds() + 3600 }, 'not-believed'],
    ['given to nobody', { client_id: undefined }, 'not-believed'],
    ['that names a person and no machine', { client_id: undefined, sub: 'amara.okafor' }, 'not-believed'],
    ['given to something that is no name', { client_id: ['mosaic'] }, 'not-believed'],
  ])('%s is refused', async (_, claims, code) => {
    expect(await believed(claims)).toBe(code);
  });

  it('is believed though the clocks differ by a few seconds', async () => {
    expect(await believed({ exp: seconds() - 10, iat: seconds() - 100 })).toBe('mosaic');
    expect(await believed({ iat: seconds() + 10, exp: seconds() + 100 })).toBe('mosaic');
  });

  it('that was believed is refused once it is over, by its own word or by its age', async () => {
    const tolerated = seconds() - 28;
    const [over, old] = [
      await directory.sign({ ...GOOD, exp: tolerated, iat: tolerated - 60 }),
      await directory.sign({ ...GOOD, exp: seconds() + 1e6, iat: tolerated - 3600 }),
    ];
    for (const token of [over, old]) {
      expect((await tokens.callerOf(`Bearer ${token}`)).client).toBe('mosaic');
      const ended = async () => (await refusalOf(token)) === 'expired';
      await eventually('the token was over', ended, { within: 10_000 });
    }
  });

  it('shown again stands for the machine it was given to, beside those of others', async () => {
    const [one, other] = [await directory.sign(GOOD), await directory.sign({ ...GOOD, client_id: 'synergy', scope: 'ingest:synergy' })];
    for (const token of [one, other, one, other, `${one}x`]) {
      const caller = await tokens.callerOf(`Bearer ${token}`).catch(() => null);
      expect(caller && [caller.client, ...caller.scopes]).toEqual(
        { [one]: ['mosaic', 'ingest:mosaic', 'other'], [other]: ['synergy', 'ingest:synergy'] }[token] ?? null,
      );
    }
  });

  it('signed by another key is refused, under its own name or that of the right one', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    expect(await believed({})).toBe('mosaic');
    expect(await believed({}, { key: privateKey })).toBe('not-believed');
    expect(await believed({}, { key: privateKey, kid: 'unknown' })).toBe('not-believed');
  });

  it('signed with a shared secret is refused, also when the secret is the public key', async () => {
    const claims = { ...GOOD, iss: directory.url, iat: seconds(), exp: seconds() + 60 };
    const { kid, pem } = await directory.publicKey();
    for (const secret of ['x'.repeat(32), pem]) {
      const shared = new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid });
      expect(await refusalOf(await shared.sign(new TextEncoder().encode(secret)))).toBe('not-believed');
    }
  });

  it.each([undefined, '', 'Bearer', 'Bearer ', 'Basic abc', 'Bearer a b', `Bearer ${'x'.repeat(9000)}`])(
    'is not there when the header is %j',
    async (header) => {
      await expect(tokens.callerOf(header)).rejects.toMatchObject({ code: 'no-token' });
    },
  );
});

describe('The directory’s keys', () => {
  it('are asked for once for many tokens, and again when a key is new', async () => {
    expect(await Promise.all(Array.from({ length: 20 }, () => believed({})))).toEqual(Array.from({ length: 20 }, () => 'mosaic'));
    expect(directory.askedForKeys).toBe(1);
    await directory.changeKey();
    now += MINUTE / 2;
    expect(await believed({})).toBe('mosaic');
    expect(directory.askedForKeys).toBe(2);
  });

  it('are not asked for again and again by whoever makes names of keys up', async () => {
    expect(await believed({})).toBe('mosaic');
    now += 11_000;
    for (let i = 0; i < 20; i++) expect(await believed({}, { kid: `guessed-${i}` })).toBe('not-believed');
    expect(directory.askedForKeys).toBe(2);
  });

  it('count for a minute more at most once they are withdrawn', async () => {
    const old = await directory.sign(GOOD);
    const withOld = () => refusalOf(old);
    expect(await withOld()).toBe('believed');
    await directory.changeKey();
    now += MINUTE + 1;
    // The answer under way still goes by what was known; it is what makes us ask.
    await withOld();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await withOld()).toBe('not-believed');
  });

  it('are believed for an hour while it is away, and then no more; when it is back all is well', async () => {
    directory.down = true;
    await expect(tokens.callerOf(`Bearer ${await directory.sign(GOOD)}`)).rejects.toBeInstanceOf(IssuerUnavailable);
    directory.down = false;
    expect(await believed({})).toBe('mosaic');
    directory.down = true;
    now += 59 * MINUTE;
    expect(await believed({})).toBe('mosaic');
    now += 2 * MINUTE;
    expect(await believed({})).toBe('issuer-unavailable');
    directory.down = false;
    expect(await believed({})).toBe('mosaic');
  });

  it('are those of the directory that was meant: one that calls itself otherwise is not asked', async () => {
    const other = new AccessTokens(new Issuer({ url: directory.url.replace('127.0.0.1', 'localhost') }), 'urn:index');
    await expect(other.callerOf(`Bearer ${await directory.sign(GOOD)}`)).rejects.toBeInstanceOf(IssuerUnavailable);
  });
});
