import type { SourceEventInput } from '#lib/events';

/** Of towns and copies of towns, so that a postcode and a property are of one town: letters a postcode begins with. */
export const LETTERS = 'ABCDEFGHJLNPRSTUWY';
/** In place of the first two digits of a property's number, which all of one town share. */
const FIRST_TOWN = 10;

/**
 * The made-up town has 7,400 houses, room for 3,000 families. Where several such towns stand side by side, each gets houses and postcodes of its own:
 * without that, forty families of a million people would live in every house.
 */
export function inTown<E extends SourceEventInput>(town: number, event: E): E {
  if (event.type !== 'PersonRecorded' || !event.addresses) return event;
  const area = LETTERS[Math.floor(town / LETTERS.length)]! + LETTERS[town % LETTERS.length]!;
  const addresses = event.addresses.map((address) => ({
    ...address,
    ...(address.postcode && { postcode: address.postcode.replace(/^[A-Z]+/, area) }),
    ...(address.uprn && { uprn: `${FIRST_TOWN + town}${address.uprn.slice(2)}` }),
  }));
  return { ...event, addresses };
}
