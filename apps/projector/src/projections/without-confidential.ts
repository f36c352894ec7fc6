import type { EventOf } from '#lib/events';

type Address = EventOf<'PersonRecorded'>['addresses'][number];

/**
 * Addresses as the read model may hold them. Of a confidential one (marked so, or a refuge or placement) only its existence is kept:
 * what is not in the read model can be shown nowhere. An open address at the same postcode is most likely the same one, listed twice.
 */
export function withoutConfidential(addresses: readonly Address[]): Address[] {
  const hidden = new Set(addresses.filter(isConfidential).map(placeOf));
  return addresses.map((address) => (isConfidential(address) || (address.postcode && hidden.has(placeOf(address))) ? WITHHELD : address));
}

const WITHHELD: Address = { lines: [], postcode: null, uprn: null, from: null, to: null, kind: 'other', confidential: true };

const isConfidential = ({ confidential, kind }: Address) => confidential || kind === 'refuge' || kind === 'placement';

const placeOf = ({ postcode }: Address) => (postcode ?? '').replace(/\s/g, '').toUpperCase();
