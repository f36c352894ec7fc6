import { isUuid } from '#lib/runtime';

/** Two records by their subject tokens, the lesser first: of each pair there is one. */
export interface Pair {
  one: string;
  other: string;
}

/** What anybody may have put into an address; what can't be a pair is one that nobody has. */
export function pairIn(first: string, second: string): Pair {
  const [one, other] = [first, second].map((token) => token.toLowerCase()).sort() as [string, string];
  return isUuid(one) && isUuid(other) && one !== other ? { one, other } : NO_PAIR;
}

const NO_PAIR: Pair = { one: '00000000-0000-0000-0000-000000000000', other: '00000000-0000-0000-0000-000000000001' };

/** The address of a pair's page: tokens are random, and lead nobody back to a person. */
export const addressOf = ({ one, other }: Pair): string => `/matches/${one}/${other}`;
