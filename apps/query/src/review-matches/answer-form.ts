import { type Problem, textIn, type Typed } from '../ops-pages/typed.js';
import { type Answer, ANSWERS, type Reason, REASONS } from './answers.js';
import type { Opinion } from './kept-opinions.js';

export const LONGEST_WORDS = 500;

/** Reads the form. @param problems where what has to be corrected is noted */
export function opinionIn(typed: Typed, problems: Problem[]): Opinion {
  const [answer, reason, words] = [textIn(typed, 'answer'), textIn(typed, 'reason'), textIn(typed, 'words')];
  if (!Object.hasOwn(ANSWERS, answer)) problems.push({ field: 'answer', message: 'Select whether they are one person' });
  if (!Object.hasOwn(REASONS, reason)) problems.push({ field: 'reason', message: 'Select why' });
  else if (Object.hasOwn(ANSWERS, answer) && !fits(reason as Reason, answer as Answer))
    problems.push({ field: 'reason', message: 'Select a reason that goes with your answer' });
  if (words.length > LONGEST_WORDS) problems.push({ field: 'words', message: `Enter ${LONGEST_WORDS} characters or fewer` });
  return { answer: answer as Answer, reason: reason as Reason, words };
}

const fits = (reason: Reason, answer: Answer) => (REASONS[reason].fits as readonly Answer[]).includes(answer);
