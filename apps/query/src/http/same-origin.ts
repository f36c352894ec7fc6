import type { FastifyRequest } from 'fastify';

/**
 * Whether a request that changes something may have been sent by another site on a reader's behalf. Browsers say where it comes from
 * (Fetch metadata, or Origin); a bearer token is never sent by itself. The session cookie's SameSite=Lax is the second wall.
 */
export function comesFromElsewhere({ method, url, headers }: Pick<FastifyRequest, 'method' | 'url' | 'headers'>): boolean {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return false;
  // Elsewhere it counts for nothing: there it is the cookie that says who asks.
  if (url.startsWith('/v1/') && headers.authorization !== undefined) return false;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  return headers.origin !== undefined && hostOf(headers.origin) !== headers.host;
}

/** The one form that other systems may send: it changes nothing, but keeps whom to lead to. The settings name their origins. */
export const isLink = ({ url, headers }: Pick<FastifyRequest, 'url' | 'headers'>, linksFrom: readonly string[]): boolean =>
  url === '/open' && linksFrom.includes(headers.origin ?? '');

const hostOf = (origin: string) => (URL.canParse(origin) ? new URL(origin).host : null);
