import { type AccessTokens, type Caller, IssuerUnavailable, type Revocations, TokenRefused } from '#lib/identity';
import { RequestProblem } from './request-problem.js';

/** Lets a source speak for itself alone, by the scope of its access token. */
export class KnownSenders {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly revocations: Revocations,
  ) {}

  /**
   * @param scopes what the address asks for, of which one will do.
   * @returns who it is.
   * @throws RequestProblem 401 without a token we believe; 403 with the token of another source, whether or not the one named exists; 503
   * where the directory that signed it can't be asked.
   */
  async check(scopes: readonly string[], authorization: string | undefined): Promise<Caller> {
    const caller = await this.callerOf(authorization);
    if (!scopes.some((scope) => caller.scopes.has(scope)))
      throw new RequestProblem(403, 'not-your-source', 'This token is for another source.', 'A source can speak for itself alone.');
    return caller;
  }

  private async callerOf(authorization: string | undefined): Promise<Caller> {
    try {
      const caller = await this.tokens.callerOf(authorization);
      this.revocations.check(caller.issuedAt, caller.client);
      return caller;
    } catch (error) {
      if (error instanceof TokenRefused) throw notSignedIn(error);
      if (error instanceof IssuerUnavailable)
        throw new RequestProblem(503, 'try-again', 'Tokens can’t be checked now.', 'Send the same request again in a moment.', {
          headers: { 'retry-after': '5' },
        });
      throw error;
    }
  }
}

/** RFC 6750: nothing more is said where there was no token at all. */
function notSignedIn({ code }: TokenRefused): RequestProblem {
  const challenge = `Bearer realm="ingest"${code === 'no-token' ? '' : ', error="invalid_token"'}`;
  const detail =
    code === 'expired' || code === 'revoked'
      ? 'Ask the directory for a new token.'
      : 'Send an access token of the directory, for the source in the address.';
  return new RequestProblem(401, 'not-signed-in', 'No valid token.', detail, { headers: { 'www-authenticate': challenge } });
}
