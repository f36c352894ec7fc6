import type { Random } from '../random.js';

/** Letters that have no mark to take off. */
const PLAIN: Readonly<Record<string, string>> = { ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ı: 'i', ø: 'o', ß: 'ss' };

/** As an old system stores it: Latin letters without marks, a straight apostrophe. */
export const withoutMarks = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[łŁđĐıøß]/g, (letter) => PLAIN[letter]!)
    .replaceAll('’', "'");

/** One slip of the fingers: a letter twice, left out, or changed places with its neighbour. Short names are left alone. */
export function withSlip(text: string, chance: Random): string {
  if (text.length < 5) return text;
  const at = chance.int(1, text.length - 3);
  if (!/^\p{Ll}{2}$/u.test(text.slice(at, at + 2))) return text;
  return chance.pick([
    `${text.slice(0, at)}${text[at + 1]}${text[at]}${text.slice(at + 2)}`,
    `${text.slice(0, at)}${text.slice(at + 1)}`,
    `${text.slice(0, at)}${text[at]}${text.slice(at)}`,
  ]);
}

/** O’Connor as O'Connor, OConnor or O Connor; Smith-Jones as Smith Jones. */
export const withoutSigns = (text: string, chance: Random): string =>
  text.replace(/[’']/g, () => chance.pick(["'", '', ' '])).replaceAll('-', chance.chance(0.5) ? ' ' : '-');
