import { hash } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import { IssuerUnavailable, TokenRefused } from './errors.js';
import type { Issuer } from './issuer.js';

/** The machine a token was given to. */
export interface Caller {
  client: string;
  scopes: ReadonlySet<string>;
  /** Milliseconds since 1970, to the second. */
  issuedAt: number;
}

/** What a public key can check. `none` and shared secrets are not among them. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
const CLOCK_TOLERANCE_SECONDS = 30;
/** However long the directory makes them: what was given longer ago has to be asked for again. */
const OLDEST_SECONDS = 60 * 60;
/** Machines send one token many times; more than so many different ones at once is nobody's usual work. */
const MOST_KEPT = 1_000;

/** Callers already believed, by the digest of their token, and until when in milliseconds since 1970. */
type Believed = Map<string, { caller: Caller; until: number }>;

/** Believes access tokens (RFC 9068) that the directory signed for us: signature, issuer, audience, expiry. */
export class AccessTokens {
  /** With the keys that proved them: once those are asked for again, so is every proof. */
  private readonly believed = new WeakMap<object, Believed>();

  constructor(
    private readonly issuer: Issuer,
    private readonly audience: string,
  ) {}

  /**
   * Who sent an Authorization header.
   * @throws TokenRefused, IssuerUnavailable
   */
  async callerOf(authorization: string | undefined): Promise<Caller> {
    const token = /^bearer +([\x21-\x7e]{1,8192})$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw new TokenRefused('no-token');
    const believed = await this.believedNow();
    const digest = hash('sha256', token);
    const known = believed.get(digest);
    if (known !== undefined && Date.now() < known.until) return known.caller;
    const payload = await this.verified(token);
    const client = text(payload.client_id) ?? text(payload.azp) ?? text(payload.appid);
    if (client === undefined || payload.iat === undefined) throw new TokenRefused('not-believed');
    const caller = { client, scopes: scopesIn(payload), issuedAt: payload.iat * 1000 };
    if (believed.size >= MOST_KEPT) believed.clear();
    believed.set(digest, { caller, until: endOf(payload) });
    return caller;
  }

  /** Without keys nobody is believed: what is no token at all is refused as such all the same, and the rest hears that they are missing. */
  private async believedNow(): Promise<Believed> {
    const keys = await this.issuer.keys().catch(() => ({}));
    const believed: Believed = this.believed.get(keys) ?? new Map();
    this.believed.set(keys, believed);
    return believed;
  }

  private async verified(token: string): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, this.issuer.keyOf, {
        issuer: this.issuer.url,
        audience: this.audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        maxTokenAge: OLDEST_SECONDS,
        requiredClaims: ['exp', 'iat'],
      });
      return payload;
    } catch (error) {
      if (error instanceof IssuerUnavailable) throw error;
      throw new TokenRefused(error instanceof errors.JWTExpired ? 'expired' : 'not-believed', { cause: error });
    }
  }
}

/** When a token that was believed is over, as it says itself or by its age. */
const endOf = ({ exp = 0, iat = 0 }: JWTPayload): number => (Math.min(exp, iat + OLDEST_SECONDS) + CLOCK_TOLERANCE_SECONDS) * 1000;

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

/** `scope`, words in one text (RFC 9068); `roles`, a list, where directories give rights to machines as app roles. */
function scopesIn({ scope, roles }: JWTPayload): Set<string> {
  const words = typeof scope === 'string' ? scope.split(' ') : [];
  const named = Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
  return new Set([...words, ...named].filter(Boolean));
}
