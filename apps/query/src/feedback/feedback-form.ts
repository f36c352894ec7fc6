import { type Problem, textIn, type Typed } from '../ops-pages/typed.js';

/** What feedback can be about, and nothing else. */
export const CATEGORIES = {
  'does-not-work': 'Something does not work',
  'hard-to-find': 'Something is missing or hard to find',
  unclear: 'Words are unclear',
  'in-my-way': 'Something is in my way (accessibility)',
  idea: 'An idea',
  helped: 'It helped',
} as const;
export type Category = keyof typeof CATEGORIES;

export interface Feedback {
  category: Category;
  words: string;
}

export const LONGEST_WORDS = 1_000;

/** Reads the form. @param problems where what has to be corrected is noted */
export function feedbackIn(typed: Typed, problems: Problem[]): Feedback {
  const [category, words] = [textIn(typed, 'category'), textIn(typed, 'words')];
  if (!Object.hasOwn(CATEGORIES, category)) problems.push({ field: 'category', message: 'Choose what it is about' });
  if (words === '') problems.push({ field: 'words', message: 'Enter your feedback' });
  else if (words.length > LONGEST_WORDS) problems.push({ field: 'words', message: `Enter ${LONGEST_WORDS} characters or fewer` });
  else if (looksPersonal(words))
    problems.push({
      field: 'words',
      message: 'Leave out dates, postcodes, e-mail addresses and numbers of more than five digits: they may tell who somebody is',
    });
  return { category: category as Category, words };
}

const TELLING = [
  // 943 476 5919, 249012, 01632 960 118
  /(?:\d[ -]?){6,}/,
  // 12/5/2012, 12.05.12, 2012-05-12
  /\b\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b/,
  // 12 May 2012, 3rd of February
  /\b\d{1,2}(st|nd|rd|th)?( of)? (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i,
  // NB4 2QT
  /\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b/i,
  /\S@\S+\.\S/,
];

/** Whether words hold what mostly stands for one person. A name can't be told from other words: the form asks to leave it out. */
export const looksPersonal = (words: string): boolean => TELLING.some((pattern) => pattern.test(words));
