import { normalisePostcode } from '#lib/matching';
import type { StoredAddress, StoredRecord } from './stored-record.js';

export interface ShownAddress extends StoredAddress {
  record: StoredRecord;
}

/** A refuge or placement is confidential even where its source forgot to say so. */
const mustBeHidden = ({ confidential, kind }: StoredAddress) => confidential || kind === 'refuge' || kind === 'placement';

/**
 * The addresses that may be shown. One that any of the person's records marks confidential appears nowhere: neither does the same place
 * (by postcode, UPRN or words) where another source states it openly. The read model may no longer hold where a confidential address is, so
 * beside such a record only those places are shown that it states openly itself: any other could be the hidden one.
 * @param telling of these, the records whose addresses are shown at all; what the others hide stays hidden
 */
export function shownAddressesOf(records: readonly StoredRecord[], telling = records): ShownAddress[] {
  const all = records.flatMap((record) => record.addresses.map((address) => ({ ...address, record })));
  const hidden = new Set(all.filter(mustBeHidden).flatMap(placesOf));
  const open = all.filter(
    (address) => !mustBeHidden(address) && !placesOf(address).some((place) => hidden.has(place)) && wordsOf(address) !== '',
  );
  const hiding = records.filter(({ addresses }) => addresses.some(mustBeHidden));
  const openly = hiding.map((record) => new Set(open.filter((address) => address.record === record).flatMap(placesOf)));
  return open.filter(
    (address) => telling.includes(address.record) && openly.every((places) => placesOf(address).some((place) => places.has(place))),
  );
}

/** What a place may be known by: its postcode, its UPRN, or how it is written. */
function placesOf({ postcode, uprn, lines }: StoredAddress): string[] {
  const written = lines
    .join(' ')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
  const places = { p: normalisePostcode(postcode ?? ''), u: uprn ?? '', l: written };
  return Object.entries(places)
    .filter(([, place]) => place !== '')
    .map(([kind, place]) => `${kind}:${place}`);
}

/**
 * Whether two addresses are one place: written alike with the same postcode; by UPRN, where the numbers that are written do not tell two flats of a block
 * apart; or, where one has no UPRN, by postcode and how they are written but for the name of a town that one of them has at its end.
 */
export function isSamePlace(one: StoredAddress, other: StoredAddress): boolean {
  const [shorter, longer] = [wordsIn(one), wordsIn(other)].toSorted((a, b) => a.length - b.length) as [string[], string[]];
  const postcode = normalisePostcode(one.postcode ?? '');
  const isNear = postcode === normalisePostcode(other.postcode ?? '');
  if (isNear && shorter.join('') === longer.join('')) return true;
  if (one.uprn && other.uprn) return one.uprn === other.uprn && agree(numbersOf(shorter), numbersOf(longer));
  const rest = longer.slice(shorter.length);
  return postcode !== '' && isNear && shorter.length > 1 && shorter.every((word, at) => word === longer[at]) && rest.every(isOfTown);
}

/** "7 Weir Cottages, Northbridge" → `7`, `weir`, `cottages`, `northbridge` */
const wordsIn = ({ lines }: StoredAddress): string[] =>
  lines
    .join(' ')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/['’]/g, '')
    .match(/[\p{L}\p{N}]+/gu) ?? [];
const numbersOf = (words: readonly string[]): string[] => words.filter((word) => /\p{N}/u.test(word));
/** One has all that the other has. */
const agree = (one: readonly string[], other: readonly string[]): boolean =>
  one.every((number) => other.includes(number)) || other.every((number) => one.includes(number));
/** No number or letter of a flat, and no word for a part of a house. */
const isOfTown = (word: string): boolean =>
  /^\p{L}{3,}$/u.test(word) &&
  !/^(flat|apartment|room|unit|annexe?|floor|basement|attic|ground|first|second|top|upper|lower|front|rear|side)$/.test(word);

/** Where no address of somebody is shown: none is held, or none that may be shown. Which of the two, nothing tells. */
export const NO_ADDRESS = 'No address to show';

/** "4 Mill Row, NB4 2QT" */
export const wordsOf = ({ lines, postcode }: StoredAddress): string => [...lines, postcode].filter(Boolean).join(', ');

/** Whether its source has the person living there on that day. */
export const holdsOn = ({ kind, from, to }: Pick<StoredAddress, 'kind' | 'from' | 'to'>, day: string): boolean =>
  kind !== 'previous' && kind !== 'correspondence' && (to === null || to >= day) && (from === null || from <= day);

/** Where the person lives, as far as known: of the addresses that hold on that day, the first record's newest. */
export function currentAddressOf(addresses: readonly ShownAddress[], day: string): ShownAddress | null {
  const held = addresses.filter((address) => holdsOn(address, day));
  const rivals = held.filter(({ record }) => record === held[0]?.record);
  return rivals.reduce<ShownAddress | null>(
    (best, address) => (best === null || (address.from ?? '') > (best.from ?? '') ? address : best),
    null,
  );
}
