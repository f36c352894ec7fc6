import { randomBytes } from 'node:crypto';

/** A subject token or person id as they are made: 128 bits, and never by chance a UUID of version 4, as which nothing may take it. */
export function randomToken(): string {
  const bits = randomBytes(16).toString('hex');
  return `${bits.slice(0, 8)}-${bits.slice(8, 12)}-e${bits.slice(13, 16)}-${bits.slice(16, 20)}-${bits.slice(20)}`;
}
