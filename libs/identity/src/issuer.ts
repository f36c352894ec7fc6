import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { IssuerUnavailable } from './errors.js';

type Keys = ReturnType<typeof createLocalJWKSet>;

export interface IssuerOptions {
  /** As tokens name it in `iss`, to the letter. */
  url: string;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/** Keys are asked for again after this long, behind the back of whoever asks: a key that was withdrawn counts for no longer. */
const RENEWED_AFTER_MS = 60_000;
/** So long keys are believed while the directory can't be reached. */
const BELIEVED_FOR_MS = 60 * 60_000;
/** A key nobody knows makes us ask at most this often: guessed tokens are no way to keep a directory busy. */
const ASKED_AT_MOST_EVERY_MS = 10_000;
const ANSWERS_WITHIN_MS = 5_000;

/** The directory that signs tokens: where its keys are, and the keys. It may be away for a while, also at the start. */
export class Issuer {
  readonly url: string;
  private readonly now: () => number;
  private held?: { keys: Keys; since: number };
  private renewing?: Promise<Keys>;
  private lastAsked = -Infinity;

  constructor({ url, now = Date.now }: IssuerOptions) {
    this.url = url;
    this.now = now;
  }

  /** Finds the key a token says it was signed with. @throws IssuerUnavailable, or jose's JWKSNoMatchingKey */
  readonly keyOf: JWTVerifyGetKey = async (header, token) => {
    const keys = await this.keys();
    try {
      return await keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || this.now() - this.lastAsked < ASKED_AT_MOST_EVERY_MS) throw error;
      return (await this.renew())(header, token);
    }
  };

  /** The keys believed now: another object whenever they were asked for again. @throws IssuerUnavailable */
  async keys(): Promise<Keys> {
    const age = this.held === undefined ? Infinity : this.now() - this.held.since;
    if (age > BELIEVED_FOR_MS) return this.renew();
    if (age > RENEWED_AFTER_MS) this.renew().catch(() => undefined);
    return this.held!.keys;
  }

  private renew(): Promise<Keys> {
    this.renewing ??= this.ask().finally(() => (this.renewing = undefined));
    return this.renewing;
  }

  private async ask(): Promise<Keys> {
    this.lastAsked = this.now();
    try {
      const keys = createLocalJWKSet(await this.read<JSONWebKeySet>(await this.addressOfKeys()));
      this.held = { keys, since: this.now() };
      return keys;
    } catch (cause) {
      throw new IssuerUnavailable({ cause });
    }
  }

  private async addressOfKeys(): Promise<string> {
    const { issuer, jwks_uri } = await this.read<{ issuer?: unknown; jwks_uri?: unknown }>(
      `${this.url.replace(/\/$/, '')}/.well-known/openid-configuration`,
    );
    if (issuer !== this.url) throw new Error('the directory calls itself by another name than OIDC_ISSUER');
    if (typeof jwks_uri !== 'string' || new URL(jwks_uri).protocol !== new URL(this.url).protocol)
      throw new Error('the directory does not say where its keys are, or names a place without TLS');
    return jwks_uri;
  }

  private async read<T>(address: string): Promise<T> {
    const answer = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) });
    if (!answer.ok) throw new Error(`the directory answered ${answer.status}`);
    return (await answer.json()) as T;
  }
}
