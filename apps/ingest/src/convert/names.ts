import type { Convert } from './column.js';
import { namesNobody } from './not-recorded.js';
import { tooLong } from './text.js';

export const familyNameFrom: Convert<string> = (text) => (namesNobody(text) ? null : tooLong(text, 200));

/** Given names in the order they stand in, one word each. */
export const givenNamesFrom: Convert<string[]> = (text) => {
  const words = text.split(/\s+/).filter((word) => !namesNobody(word));
  return namesNobody(text) || words.length === 0 ? null : words;
};

export interface WrittenName {
  family: string | null;
  given: string[];
}

/** A whole name in one cell: `O’Brien, Zoë Ann` or `Zoë Ann O’Brien`. One word alone is a given name. */
export const wholeNameFrom: Convert<WrittenName> = (text) => {
  if (namesNobody(text)) return null;
  const [before, after] = text.split(/,\s*/, 2);
  if (after !== undefined && after !== '') return { family: before!.trim() || null, given: after.split(/\s+/) };
  const words = before!.trim().split(/\s+/);
  return words.length === 1 ? { family: null, given: words } : { family: words.at(-1)!, given: words.slice(0, -1) };
};
