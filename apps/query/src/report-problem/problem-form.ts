import { z } from 'zod';
import { type Problem, textIn, type Typed } from '../ops-pages/typed.js';
import { CATEGORIES, type Category } from './problem-categories.js';

export interface ProblemReport {
  category: Category;
  /** In the reader's own words, for the sources alone; may be empty. */
  words: string;
  /** The reader agrees that their name is given to the sources. */
  named: boolean;
}

export const LONGEST_WORDS = 500;

/** Reads the form. @param problems where what has to be corrected is noted */
export function reportIn(typed: Typed, problems: Problem[]): ProblemReport {
  const [category, words] = [textIn(typed, 'category'), textIn(typed, 'words')];
  if (!Object.hasOwn(CATEGORIES, category)) problems.push({ field: 'category', message: 'Select what is wrong' });
  if (words.length > LONGEST_WORDS) problems.push({ field: 'words', message: `Enter ${LONGEST_WORDS} characters or fewer` });
  return { category: category as Category, words, named: textIn(typed, 'named') === 'yes' };
}

/** The same as machines send it. */
export const ProblemToReport = z
  .strictObject({
    category: z.enum(Object.keys(CATEGORIES) as [Category, ...Category[]]),
    /** For the sources alone: no case notes. */
    words: z.string().trim().max(LONGEST_WORDS).default(''),
    /** Whether the reader's name may be given to the sources. */
    named: z.boolean().default(false),
  })
  .meta({ id: 'ProblemToReport' });
