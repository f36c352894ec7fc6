import { firstPart } from './first-part.js';

/** Apostrophes as keyboards, word processors and transliterations write them. */
export const APOSTROPHES = /['’‘‛`´′ʹʻʼʽʾʿˈꞌ＇]/gu;

/**
 * Marks that only decorate a letter. Signs that *are* letters stay: the vowels of Indic scripts, and the Japanese voicing marks,
 * which Unicode counts as inherited although か and が are two sounds.
 */
const DECORATIONS = /(?![\u3099\u309A])\p{Script=Inherited}|(?=\p{Mn})\p{Script=Hebrew}|\u0640/gu;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const WILDCARDS = /[*%]/g;

/** Letters that Unicode does not decompose, as people without that keyboard write them. */
const LETTERS: Record<string, string> = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ı: 'i', ŋ: 'n', ŧ: 't', ə: 'e', ς: 'σ',
}; // prettier-ignore
const UNDECOMPOSED = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');

const LONGEST_WORD = 64;

/**
 * The words of a name as it is compared: case folded, without diacritics and apostrophes (`O’Connor` → `oconnor`), split at hyphens and
 * spaces, `*` and `%` ignored, any script kept. A name without a single letter or digit is kept as it stands, so that it can be found too.
 */
export function normaliseName(value: string): string[] {
  // An apostrophe that NFKD would take for a space with an accent goes before it; what it makes an apostrophe or a wildcard, after it.
  const folded = value.replace(APOSTROPHES, '').normalize('NFKD').toLowerCase().replace(APOSTROPHES, '').replace(WILDCARDS, '');
  const plain = folded
    .replace(DECORATIONS, '')
    .replace(UNDECOMPOSED, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFC');
  const words = plain.match(WORD) ?? plain.match(/\S+/gu) ?? [];
  return words.map((word) => firstPart(word, LONGEST_WORD));
}
