import { ADDRESS_KINDS } from '#lib/events';
import { dayWords, londonDay } from '../day-words.js';
import { listed } from '../listed-words.js';
import type { KnownAddress, PersonIdentity } from './person-identity.js';

/** An address with all who state it: "from Mosaic and Synergy, since 3 Sep 2026; from Cluster lists, until 15 Aug 2019". */
export interface AddressSaid {
  words: string;
  said: string;
}

/** Each place once, as it is written first, the current one apart: eight databases that know the same two addresses make two lines, not sixteen. */
export function addressesSaid(
  { address, otherAddresses }: PersonIdentity,
  now: number,
): { current: AddressSaid | null; others: AddressSaid[] } {
  const groups = grouped([...(address ? [address] : []), ...otherAddresses], ({ place }) => String(place));
  const said = groups.map((group) => ({ words: group[0]!.words, said: saidOf(group, londonDay(now)) }));
  return address ? { current: said[0]!, others: said.slice(1) } : { current: null, others: said };
}

/** What is left of an address however it is punctuated. */
export const writtenAlike = (words: string): string => words.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** "from Mosaic and Synergy, since 3 Sep 2026" */
export function saidOf(addresses: KnownAddress[], today: string): string {
  const when = (address: KnownAddress) => whenOf(address, today);
  return grouped(addresses, when)
    .map((same) => `from ${listed([...new Set(same.map(({ database }) => database))])}, ${when(same[0]!)}`)
    .join('; ');
}

/** "since 3 Sep 2026", "from 1 Mar 2027 on", "until 15 Aug 2019", "as stated 3 Sep 2026", "previous address from 12 Jun 2022, as stated 3 Sep 2026"; another kind of address than a home says so. */
export function whenOf({ kind, from, to, statedAt }: KnownAddress, today: string): string {
  const label =
    kind === 'home' || kind === 'previous' ? '' : `${(ADDRESS_KINDS[kind as keyof typeof ADDRESS_KINDS] ?? kind).toLowerCase()} address `;
  if (to !== null) return `${label}until ${dayWords(to)}`;
  const stated = `as stated ${dayWords(londonDay(statedAt))}`;
  // "since" would say that they live there still, or that it has been a previous address since then.
  if (kind === 'previous') return from === null ? `previous address ${stated}` : `previous address from ${dayWords(from)}, ${stated}`;
  if (from === null) return `${label}${stated}`;
  return from > today ? `${label}from ${dayWords(from)} on` : `${label}since ${dayWords(from)}`;
}

const grouped = <T>(all: T[], key: (one: T) => string): T[][] => [...Map.groupBy(all, key).values()];
