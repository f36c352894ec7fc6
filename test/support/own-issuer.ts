import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, importJWK, type CryptoKey, type JWK, type JWTPayload, SignJWT } from 'jose';

/** A directory that signs whatever a test likes, to see what is believed of it. */
export class OwnIssuer {
  /** Requests for its keys. */
  askedForKeys = 0;
  /** Answers nobody. */
  down = false;
  /** What an authorization code is changed into; given the nonce the index asked with. */
  idToken: (nonce: string) => Promise<unknown> = async () => undefined;
  private nonce = '';

  private constructor(
    readonly url: string,
    private keys: { kid: string; key: CryptoKey; jwk: JWK }[],
    private readonly end: () => Promise<void>,
  ) {}

  static async open(): Promise<OwnIssuer> {
    let issuer: OwnIssuer | undefined;
    const server = createServer((request, response) => {
      if (issuer === undefined || issuer.down) response.destroy();
      else void issuer.answer(request, response);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const end = async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    };
    issuer = new OwnIssuer(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, [], end);
    await issuer.changeKey();
    return issuer;
  }

  /** From now on it signs with another key; the one before is withdrawn. */
  async changeKey(): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair('RS256');
    const kid = randomUUID();
    this.keys = [{ kid, key: privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' } }];
  }

  /** As everybody may know it. */
  async publicKey(): Promise<{ kid: string; pem: string }> {
    const [{ kid, jwk }] = this.keys as [OwnIssuer['keys'][0]];
    return { kid, pem: await exportSPKI((await importJWK(jwk)) as CryptoKey) };
  }

  /** Signs claims, by default as an access token of now for ten minutes; `undefined` leaves a claim out. */
  async sign(claims: JWTPayload, o: { key?: CryptoKey; kid?: string } = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const [{ key, kid }] = this.keys as [OwnIssuer['keys'][0]];
    const whole = { iss: this.url, iat: now, exp: now + 600, ...claims };
    return new SignJWT(whole).setProtectedHeader({ alg: 'RS256', kid: o.kid ?? kid }).sign(o.key ?? key);
  }

  /** What a browser brings back from it. @param begun where the index sent the browser */
  returning(begun: string): string {
    const { searchParams } = new URL(begun);
    this.nonce = searchParams.get('nonce') ?? '';
    return `/sign-in/return?${new URLSearchParams({ code: 'a-code', state: searchParams.get('state') ?? '', iss: this.url }).toString()}`;
  }

  close(): Promise<void> {
    return this.end();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.resume();
    const answer = await this.answerAt(request.url ?? '');
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}));
  }

  private async answerAt(path: string): Promise<unknown> {
    if (path.startsWith('/.well-known'))
      return {
        issuer: this.url,
        jwks_uri: `${this.url}/keys`,
        authorization_endpoint: `${this.url}/auth`,
        token_endpoint: `${this.url}/token`,
        response_types_supported: ['code'],
        id_token_signing_alg_values_supported: ['RS256'],
        authorization_response_iss_parameter_supported: true,
      };
    if (path === '/keys') {
      this.askedForKeys += 1;
      return { keys: this.keys.map(({ jwk }) => jwk) };
    }
    if (path === '/token')
      return { access_token: 'opaque', token_type: 'Bearer', expires_in: 60, id_token: await this.idToken(this.nonce) };
    return undefined;
  }
}
