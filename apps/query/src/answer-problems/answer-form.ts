import { type Problem, textIn, type Typed } from '../ops-pages/typed.js';
import { OUTCOMES, type ProblemOutcome } from '../report-problem/problem-categories.js';

export interface ProblemAnswer {
  outcome: ProblemOutcome;
  /** Every reader of the panel sees them. */
  words: string;
}

const LONGEST_WORDS = 500;

/** Reads the form. @param problems where what has to be corrected is noted */
export function answerIn(typed: Typed, problems: Problem[]): ProblemAnswer {
  const [outcome, words] = [textIn(typed, 'outcome'), textIn(typed, 'words')];
  if (!Object.hasOwn(OUTCOMES, outcome)) problems.push({ field: 'outcome', message: 'Select what you found' });
  if (outcome === 'answered' && words === '') problems.push({ field: 'words', message: 'Enter your answer' });
  if (words.length > LONGEST_WORDS) problems.push({ field: 'words', message: `Enter ${LONGEST_WORDS} characters or fewer` });
  return { outcome: outcome as ProblemOutcome, words };
}
