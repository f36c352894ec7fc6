import { type Convert, Unreadable } from './column.js';
import { saysNothing } from './not-recorded.js';

/** The text, or what is wrong with its length. */
export const tooLong = (text: string, most: number): string | Unreadable =>
  text.length <= most ? text : new Unreadable('not-too-long', `${most} characters at most`, 'Shorten it at the source.');

/** Text to the letter. */
export const textFrom =
  (most = 200): Convert<string> =>
  (text) =>
    saysNothing(text) ? null : tooLong(text, most);

const SCIENTIFIC = new Unreadable(
  'id-as-text',
  'an id in full, not a number that a spreadsheet has shortened',
  'Export the column as text: 1.23E+11 has lost its last digits.',
);

const notOfDigits = (digits: number) =>
  new Unreadable(
    'id-digits',
    `an ID of ${digits} digits, or of fewer where a spreadsheet has taken zeros from its front`,
    'Send the ID in full, as digits alone.',
  );

/** A source's own id. @param digits how many it has, where a spreadsheet may have taken its leading zeros: anything else is no ID of that source */
export const idFrom =
  (digits = 0): Convert<string> =>
  (text) => {
    if (saysNothing(text)) return null;
    if (/^\d(\.\d+)?e\+\d+$/i.test(text)) return SCIENTIFIC;
    const whole = /^\d+\.0+$/.test(text) ? text.slice(0, text.indexOf('.')) : text;
    if (digits > 0 && !(/^\d+$/.test(whole) && whole.length <= digits)) return notOfDigits(digits);
    return tooLong(/^\d+$/.test(whole) ? whole.padStart(digits, '0') : whole, 200);
  };

/** A property's number (UPRN): up to twelve digits. */
export const uprnFrom: Convert<string> = (text) => {
  const digits = text.replaceAll(/\s/g, '').replace(/\.0+$/, '');
  if (saysNothing(text)) return null;
  return /^\d{1,12}$/.test(digits) ? digits : new Unreadable('uprn', '1 to 12 digits', 'Send the UPRN as digits alone, or leave it empty.');
};
