/** Phone numbers and e-mail addresses as links, where what the source wrote can be one. */
import { asSeen } from '../unseen-signs.js';

/**
 * "01632 960 118" → `tel:01632960118`; nothing where the text holds more than a number, or more than one. The nought in "+44 (0)1632 960118",
 * or behind 0044, is dialled at home alone.
 */
export function telephoneLink(phone: string): string {
  const dialled = asSeen(phone).replace(/^(\(?(?:\+|00)\s*\d{1,3}\)?[\s.-]*)\(0\)/, '$1');
  const number = dialled.replaceAll(/[^\d+]/g, '');
  return /^\+?[\d\s().-]+$/.test(dialled) && IS_ONE.test(number) ? `tel:${number}` : '';
}
/** With a country's code fifteen digits at most (ITU-T E.164), without one eleven in the United Kingdom. */
const IS_ONE = /^(?:(?:\+|00)\d{5,15}|\d{5,11})$/;

/** A sentence in parts, its telephone numbers as links: "ring the desk, 01632 960 118" → "ring the desk, ", "01632 960 118" */
export const numbersIn = (words: string): { text: string; link: string }[] =>
  words.split(/((?:\+|\b0)\d[\d ]{6,}\d)/).map((text, at) => ({ text, link: at % 2 === 1 ? telephoneLink(text) : '' }));

/** The address that a text is; null where it is none, or a mail program would read it as two, or as more than an address. */
export function mailAddressIn(text: string): string | null {
  const email = asSeen(text);
  return /^[^\p{C}\s@<>()[\]"?&#%,;:\\/]+@[^\p{C}\s@<>()[\]"?&#%,;:\\/]+$/u.test(email) ? email : null;
}

/** `mailto:` link; nothing where the text is not one plain address. */
export function mailLink(text: string): string {
  const email = mailAddressIn(text);
  return email === null ? '' : `mailto:${email}`;
}
