import { APOSTROPHES, normaliseName } from './normalise-name.js';

/** One name in the forms it may be written: `Smith-Jones` is `smith`, `jones` and `smithjones`; `O’Connor` is `oconnor` and `connor`. */
export interface NameForms {
  words: string[];
  /** Neighbouring words written as one, with the places of the words they cover. */
  joined: { word: string; from: number; to: number }[];
  /** What stands after or before an apostrophe, long enough to be a name of its own. */
  parts: string[];
}

const SHORTEST_PART = 3;

/** The forms of a family name, or of all given names of one name together. */
export function nameFormsOf(values: readonly string[]): NameForms {
  const words: string[] = [];
  const joined: NameForms['joined'] = [];
  for (const value of values) {
    const first = words.length;
    words.push(...normaliseName(value));
    if (words.length - first > 2) joined.push({ word: words.slice(first).join(''), from: first, to: words.length - 1 });
  }
  for (let place = 1; place < words.length; place += 1)
    joined.push({ word: `${words[place - 1]}${words[place]}`, from: place - 1, to: place });
  const parts = values
    .filter((value) => value.search(APOSTROPHES) >= 0)
    .flatMap((value) => normaliseName(value.replace(APOSTROPHES, ' ')))
    .filter((part) => part.length >= SHORTEST_PART);
  return { words, joined, parts };
}
