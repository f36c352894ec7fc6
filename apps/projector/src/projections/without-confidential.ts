import type { EventOf } from '#lib/events';

type Address = EventOf<'PersonRecorded'>['addresses'][number];

/**
 * Addresses as the read model may hold them. Of a confidential one (marked so, or a refuge or placement) only its existence is kept:
 * what is not in the read model can be shown nowhere. An open address with the same postcode, UPRN or wording is most likely the same one, listed twice.
 */
export function withoutConfidential(addresses: readonly Address[]): Address[] {
  const hidden = new Set(addresses.filter(isConfidential).flatMap(placesOf));
  return addresses.map((address) => (isConfidential(address) || placesOf(address).some((place) => hidden.has(place)) ? WITHHELD : address));
}

const WITHHELD: Address = { lines: [], postcode: null, uprn: null, from: null, to: null, kind: 'other', confidential: true };

const isConfidential = ({ confidential, kind }: Address) => confidential || kind === 'refuge' || kind === 'placement';

/** What a place may be known by; the query service compares in the same way (apps/query/src/view-person/shown-addresses.ts). */
function placesOf({ postcode, uprn, lines }: Address): string[] {
  const plain = (text: string) =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]/gu, '');
  const places = { p: plain(postcode ?? ''), u: uprn ?? '', l: plain(lines.join(' ')) };
  return Object.entries(places)
    .filter(([, place]) => place !== '')
    .map(([kind, place]) => `${kind}:${place}`);
}
