import { RetryableError } from '#lib/runtime';

export type TokenProblem = 'no-token' | 'not-believed' | 'expired' | 'revoked';

/** A caller who proves nothing. `code` is stable; the text quotes nothing of the token. */
export class TokenRefused extends Error {
  readonly retriable = false;
  constructor(
    readonly code: TokenProblem,
    options?: ErrorOptions,
  ) {
    super(TEXTS[code], options);
    this.name = 'TokenRefused';
  }
}

const TEXTS: Record<TokenProblem, string> = {
  'no-token': 'There is no bearer token.',
  'not-believed': 'The token is not one of ours, or not for this service.',
  expired: 'The token is over.',
  revoked: 'What was given before has been taken back.',
};

/** The directory can't be asked for its keys now. */
export class IssuerUnavailable extends RetryableError {
  constructor(options?: ErrorOptions) {
    super('issuer-unavailable', 'The directory that signs tokens can’t be reached.', options);
  }
}
