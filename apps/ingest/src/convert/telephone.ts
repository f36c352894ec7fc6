import { type Convert, Unreadable } from './column.js';
import { saysNothing } from './not-recorded.js';

const NO_NUMBER = new Unreadable('telephone', 'a telephone number', 'Send the number as text, with its leading zero.');

/**
 * A telephone number as it is written, extension and all. A spreadsheet that took it for a number has lost its leading zero: ten digits
 * that could begin a UK number get it back.
 */
export const telephone: Convert<string> = (text) => {
  if (saysNothing(text)) return null;
  const digits = text.replaceAll(/\D/g, '');
  if (digits.length < 3 || digits.length > 20 || text.length > 50 || /\de[+-]?\d/i.test(text)) return NO_NUMBER;
  if (!/^[\d\s()+./-]+((ext|extension|x)\.?\s*\d+)?$/i.test(text)) return NO_NUMBER;
  return /^[12378]\d{9}$/.test(text.replaceAll(/[\s-]/g, '')) ? `0${text}` : text;
};
