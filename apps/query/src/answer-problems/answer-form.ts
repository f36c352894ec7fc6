import { type Problem, textIn, type Typed } from '../ops-pages/typed.js';
import { ALL_OUTCOMES, ANALYSTS_OUTCOMES, type ProblemOutcome } from '../report-problem/problem-categories.js';

export interface ProblemAnswer {
  outcome: ProblemOutcome;
  /** Every reader of the panel sees them. None with an outcome of the data analysts' own: theirs is read where a panel shows nothing as well. */
  words: string;
}

export const isOfAnalysts = (outcome: string): boolean => Object.hasOwn(ANALYSTS_OUTCOMES, outcome);

const LONGEST_WORDS = 500;

/** Reads the form. @param problems where what has to be corrected is noted */
export function answerIn(typed: Typed, problems: Problem[]): ProblemAnswer {
  const outcome = textIn(typed, 'outcome');
  const words = isOfAnalysts(outcome) ? '' : textIn(typed, 'words');
  if (!Object.hasOwn(ALL_OUTCOMES, outcome)) problems.push({ field: 'outcome', message: 'Select what you found' });
  if (outcome === 'answered' && words === '') problems.push({ field: 'words', message: 'Enter your answer' });
  if (words.length > LONGEST_WORDS) problems.push({ field: 'words', message: `Enter ${LONGEST_WORDS} characters or fewer` });
  return { outcome: outcome as ProblemOutcome, words };
}
