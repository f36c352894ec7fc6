import { dayWords, londonDay } from '../day-words.js';
import type { Reader } from '../sign-in/reader.js';
import type { Concerned, KeptProblems } from './kept-problems.js';
import type { Category } from './problem-categories.js';
import type { ProblemShown } from './problem-shown.js';
import type { ReadProblem } from './read-problems.js';

/** The reader has reported the same thing before, and somebody is still to answer: no second report is sent. */
export interface ReportedAlready {
  already: ProblemShown;
}

export const isReportedAlready = (result: object): result is ReportedAlready => 'already' in result;

/**
 * The reader's own report of the same thing that still waits for an answer, of those that are shown: another, of what is hidden since, is as if it were none.
 * @param read problems with the same panel, or the same value
 */
export function reportedAlready(
  read: readonly ReadProblem[],
  reader: Reader,
  category: Category,
  { sources, involvement }: Concerned,
  kept: KeptProblems,
): ReportedAlready | null {
  const same = read.find(
    ({ shown, asked, said }) =>
      shown.category === category &&
      shown.asked.some(({ outcome }) => outcome === null) &&
      // Whoever has come to state it since has not been asked.
      sources.every((source) => asked.includes(source)) &&
      said !== null &&
      said.involvement === involvement &&
      kept.isBy(reader, shown.id, said),
  );
  return same === undefined ? null : { already: same.shown };
}

/** Kindly: since when it is with whom, and that what was typed is not lost. */
export function alreadyWords({ reportedAt, asked }: ProblemShown): string {
  const waiting = asked.filter(({ outcome }) => outcome === null).map(({ saysWords }) => `${saysWords}. `);
  return `You reported this on ${dayWords(londonDay(reportedAt))}, and it is with those who answer: nothing is sent again. ${waiting.join('')}If something else is wrong as well, choose it below: what you wrote is still here.`;
}
