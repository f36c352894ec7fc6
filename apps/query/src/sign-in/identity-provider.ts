import type { Reader } from './reader.js';

/**
 * Proves who the reader is. OpenID Connect sends the browser to the authority's directory and reads what it brings back
 * (it keeps its own nonce and verifier under the state it sent); the development provider sends it to our own form and reads the chosen name.
 */
export interface IdentityProvider {
  /** Where the browser goes to prove who it is. */
  begin(): Promise<string>;
  /** The reader proved by the fields that came back, or null when they prove nobody. */
  readerFrom(returned: Record<string, string>): Promise<Reader | null>;
  /** The reader a machine client's bearer token proves, or null. */
  readerOfToken(token: string): Promise<Reader | null>;
}
export const IDENTITY_PROVIDER = Symbol('IdentityProvider');
