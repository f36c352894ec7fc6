import { type Authority, knownSources } from '../authority.js';
import type { QueueFilter } from './given-in-order.js';
import { type Harm, HARMS } from './harm.js';

/** What a steward has chosen to look at, of an address: kept from pair to pair, so that the list they come back to is the one they left. */
export function filterIn({ source, harm }: Record<string, unknown>, authority: Authority): QueueFilter {
  return { source: knownSources(authority).find(({ id }) => id === source)?.id ?? null, harm: harmIn(harm) };
}

const harmIn = (typed: unknown): Harm | null => (typeof typed === 'string' && Object.hasOwn(HARMS, typed) ? (typed as Harm) : null);

/** The same as it stands behind an address. */
export const chosenPart = (query: Record<string, unknown>, authority: Authority): string => filterPart(filterIn(query, authority));

/** Behind an address, with its question mark; nothing where nothing was chosen. Codes alone, of nobody. */
export function filterPart({ source, harm }: QueueFilter, page = 1): string {
  const asked = new URLSearchParams({
    ...(source && { source }),
    ...(harm && { harm }),
    ...(page > 1 && { page: String(page) }),
  }).toString();
  return asked === '' ? '' : `?${asked}`;
}
