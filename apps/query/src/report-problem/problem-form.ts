import { z } from 'zod';
import { codesOf } from '../codes-of.js';
import { ProblemFound, readSent } from '../http/problem.js';
import { type Problem, textIn, type Typed } from '../ops-pages/typed.js';
import { VALUE_KINDS, type Value, type ValueKind } from '../view-person/stated-values.js';
import { CATEGORIES, type Category, VALUE_CATEGORIES } from './problem-categories.js';

export interface ProblemReport {
  category: Category;
  /** In the reader's own words, for those who answer alone; may be empty. */
  words: string;
  /** The reader agrees that their name is given to those who answer. */
  named: boolean;
  /** Whether the reader was told that it goes to the data analysts alone, as of a panel that shows nothing; undefined: they were told nothing. */
  analystsAlone?: boolean | undefined;
  /** Which of the panel's involvements is meant, as the panel names it; undefined: the reader has not said. */
  involvement?: string | undefined;
}

/** Chosen where none of several involvements is meant by itself. */
export const NONE = 'none';

export const LONGEST_WORDS = 500;

/** Reads the form. @param categories those that there are to choose from @param problems where what has to be corrected is noted */
export function reportIn(typed: Typed, categories: Partial<Record<Category, string>>, problems: Problem[]): ProblemReport {
  const [category, words] = [textIn(typed, 'category'), textIn(typed, 'words')];
  if (!Object.hasOwn(categories, category)) problems.push({ field: 'category', message: 'Select what is wrong' });
  if (words.length > LONGEST_WORDS) problems.push({ field: 'words', message: `Enter ${LONGEST_WORDS} characters or fewer` });
  const told = textIn(typed, 'analystsAlone');
  const analystsAlone = told === 'yes' || (told === 'no' ? false : undefined);
  const involvement = textIn(typed, 'involvement');
  return {
    category: category as Category,
    words,
    named: textIn(typed, 'named') === 'yes',
    analystsAlone,
    involvement: involvement === '' || involvement === NONE ? undefined : involvement,
  };
}

/** A value as a form's choice: its kind, and its words as the page shows them. */
export const choiceOf = ({ kind, words }: Value): string => `${kind}:${words}`;

/** Reads that choice. @param problems where what has to be corrected is noted */
export function valueIn(typed: Typed, problems: Problem[]): Value {
  const [, kind = '', words = ''] = /^([a-z-]+):(.+)$/s.exec(textIn(typed, 'value')) ?? [];
  if (!Object.hasOwn(VALUE_KINDS, kind)) problems.push({ field: 'value', message: 'Select which value it is' });
  return { kind: kind as ValueKind, words };
}

const Said = z.strictObject({
  /** For those who answer alone: no case notes. */
  words: z.string().trim().max(LONGEST_WORDS).default(''),
  /** Whether the reader's name may be given to those who answer. */
  named: z.boolean().default(false),
});

/** The same as machines send it. */
export const ProblemToReport = Said.extend({
  category: codesOf(CATEGORIES),
  /** Whether the reader has been told that it goes to the data analysts alone (`panel.canOpen` is false): refused (409) where that is not so any more. */
  analystsAlone: z.boolean().optional(),
  /** Which of the panel’s involvements it is, by its `id` there. Needed where it is of a worker or an end, and the panel shows more than one. */
  involvement: z.string().min(1).optional(),
}).meta({ id: 'ProblemToReport' });

export const ValueProblemToReport = Said.extend({
  category: codesOf(VALUE_CATEGORIES),
  /** As `GET …/values` lists it. */
  value: z.strictObject({ kind: codesOf(VALUE_KINDS), words: z.string().min(1) }),
}).meta({ id: 'ValueProblemToReport' });

/** What a machine has sent, read. @throws ProblemFound naming every mistake in it */
export function reportSent<Report>(schema: z.ZodType<Report>, body: unknown): Report {
  return readSent(schema, body, REPORT_WRONG);
}

const REPORT_WRONG = { code: 'report-wrong', title: 'That is no report of a problem.' };
export const reportWrong = (problems: { pointer: string; expected: string }[]): ProblemFound =>
  new ProblemFound({ ...REPORT_WRONG, status: 400, problems });
