import { firstPart } from './first-part.js';
import { validNhsNumber } from './nhs-number.js';
import { validUpn } from './upn.js';

const LONGEST = 200;

/** An id as it is compared: upper case, without surrounding space, `*` and `%`. */
export function normaliseId(value: string): string {
  return firstPart(value.normalize('NFKC').replace(/[*%]/g, '').trim().toUpperCase(), LONGEST);
}

/** The value of a typed identifier as it is compared: numbers with a check are written one way; a wrong one is still found as written. */
export function normaliseIdentifier(type: string, value: string): string {
  const checked = type === 'nhs' ? validNhsNumber(value) : type === 'upn' ? validUpn(value) : null;
  return checked ?? normaliseId(value).replace(/\s/g, '');
}
