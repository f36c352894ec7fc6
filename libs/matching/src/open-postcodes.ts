import { normalisePostcode } from './postcode.js';
import type { SearchablePerson } from './searchable-person.js';

/** Postcodes no confidential address of the record shares: one address listed twice, once openly, must not give it away. */
export function openPostcodesOf({ addresses }: Pick<SearchablePerson, 'addresses'>): string[] {
  const postcodes = (confidential: boolean) =>
    addresses.filter((address) => isConfidential(address) === confidential).map(({ postcode }) => normalisePostcode(postcode ?? ''));
  const hidden = new Set(postcodes(true)).add('');
  return postcodes(false).filter((postcode) => !hidden.has(postcode));
}

/** A refuge or placement is confidential even where the source forgot to say so. */
export function isConfidential({ confidential, kind }: SearchablePerson['addresses'][number]): boolean {
  return confidential === true || kind === 'refuge' || kind === 'placement';
}
