import type { Reader } from './reader.js';

/**
 * Proves who the reader is. OpenID Connect sends the browser to the authority's directory and reads what it brings back;
 * the development provider sends it to our own form and reads the chosen name.
 */
export interface IdentityProvider {
  /** Where the browser goes to prove who it is, and what to keep (in a signed cookie) until it returns. */
  begin(): Promise<{ location: string; remember: Record<string, string> }>;
  /** The reader proved by the fields that came back, or null when they prove nobody. */
  readerFrom(returned: Record<string, string>, remembered: Record<string, string>): Promise<Reader | null>;
}
export const IDENTITY_PROVIDER = Symbol('IdentityProvider');
