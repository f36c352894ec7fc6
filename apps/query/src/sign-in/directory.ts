import * as oidc from 'openid-client';
import { DirectoryUnavailable } from '../errors.js';
import type { SignInUnderWay } from './sign-ins-under-way.js';

export interface DirectoryOptions {
  issuer: string;
  clientId: string;
  clientSecret: string;
  production: boolean;
  /** Where browsers find the index; known once it listens. */
  publicUrl: () => string;
}

/** What came back from the directory proves nobody. */
export class NotProved extends Error {
  constructor(
    /** `cancelled`: the reader, or the directory itself, said no. */
    readonly why: 'cancelled' | 'not-proved',
    options?: ErrorOptions,
  ) {
    super('what the directory sent back proves nobody', options);
  }
}

const CLOCK_TOLERANCE_SECONDS = 30;
const ANSWERS_WITHIN_SECONDS = 5;
const ASKED_AGAIN_AFTER_MS = 60 * 60_000;
export const RETURN_PATH = '/sign-in/return';
const LEFT_PATH = '/signed-out';

/** The authority's directory, by OpenID Connect: authorization code flow with PKCE. It may be away for a while, also at the start. */
export class Directory {
  private known?: { config: oidc.Configuration; since: number };

  constructor(private readonly options: DirectoryOptions) {}

  /** Where the browser goes to prove who it is, and what to keep until it comes back. @throws DirectoryUnavailable */
  async begin(goingTo: string): Promise<{ url: string; kept: SignInUnderWay }> {
    const config = await this.config();
    const kept = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier(), goingTo };
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri: `${this.options.publicUrl()}${RETURN_PATH}`,
      scope: 'openid profile',
      state: kept.state,
      nonce: kept.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(kept.verifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, kept };
  }

  /**
   * What the directory says of the reader who came back: the claims of its ID token, once signature, issuer, audience, nonce and times hold.
   * @param search of the address it sent the browser back to
   * @throws NotProved, DirectoryUnavailable
   */
  async claimsOf(search: URLSearchParams, { state, nonce, verifier }: SignInUnderWay): Promise<Record<string, unknown>> {
    const config = await this.config();
    const returned = new URL(`${this.options.publicUrl()}${RETURN_PATH}?${search.toString()}`);
    try {
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
      const tokens = await oidc.authorizationCodeGrant(config, returned, checks);
      return { ...tokens.claims() };
    } catch (error) {
      if (error instanceof oidc.AuthorizationResponseError) throw new NotProved('cancelled', { cause: error });
      if (isAway(error)) throw new DirectoryUnavailable(error);
      throw new NotProved('not-proved', { cause: error });
    }
  }

  /** Where a browser is signed out of the directory as well; null where it offers no such thing or can't be asked. */
  async leavingAddress(): Promise<string | null> {
    const config = await this.config().catch(() => null);
    if (!config?.serverMetadata().end_session_endpoint) return null;
    return oidc.buildEndSessionUrl(config, { post_logout_redirect_uri: `${this.options.publicUrl()}${LEFT_PATH}` }).href;
  }

  /** What is known of the directory is asked for again now and then; what was known before has to do while it can't be asked. */
  private async config(): Promise<oidc.Configuration> {
    if (this.known && Date.now() - this.known.since < ASKED_AGAIN_AFTER_MS) return this.known.config;
    try {
      const config = await this.discover();
      this.known = { config, since: Date.now() };
      return config;
    } catch (error) {
      if (this.known) return this.known.config;
      throw new DirectoryUnavailable(error);
    }
  }

  private async discover(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret, production } = this.options;
    // Over plain HTTP only while trying out: settings refuse such an issuer in production.
    const execute = [oidc.enableNonRepudiationChecks, ...(production ? [] : [oidc.allowInsecureRequests])];
    return oidc.discovery(
      new URL(issuer),
      clientId,
      { client_secret: clientSecret, [oidc.clockTolerance]: CLOCK_TOLERANCE_SECONDS },
      oidc.ClientSecretBasic(clientSecret),
      { execute, timeout: ANSWERS_WITHIN_SECONDS },
    );
  }
}

/** No answer, no answer in time, or one of its own faults; everything else is an answer that we don't believe. The library wraps what it meets. */
function isAway(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, name, message, status, cause } = error as Record<'code' | 'name' | 'message' | 'status' | 'cause', unknown>;
  if (code === 'OAUTH_TIMEOUT' || name === 'TimeoutError' || message === 'fetch failed') return true;
  return (typeof status === 'number' && status >= 500) || isAway(cause);
}
