import { type Convert, Unreadable } from './column.js';
import { saysNothing } from './not-recorded.js';

/** Outward and inward code, or the outward code alone (BS 7666). */
const WHOLE = /^([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})$/;
const OUTWARD = /^[A-Z]{1,2}\d[A-Z\d]?$/;
const NO_POSTCODE = new Unreadable('postcode', 'a UK postcode such as NB1 4QT', 'Correct the postcode, or leave it empty.');

/** A UK postcode in capitals with its space; its first half alone is kept as such. */
export const postcodeFrom: Convert<string> = (text) => {
  if (saysNothing(text)) return null;
  const letters = text.toUpperCase().replaceAll(/[^A-Z\d]/g, '');
  const whole = WHOLE.exec(letters);
  if (whole) return `${whole[1]} ${whole[2]}`;
  return OUTWARD.test(letters) ? letters : NO_POSTCODE;
};
