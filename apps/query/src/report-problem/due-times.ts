import { londonDay } from '../day-words.js';
import { londonInstant } from '../ops-pages/london-instant.js';
import { type Category, isUrgent } from './problem-categories.js';
import { workingDaysAfter } from './working-days.js';

/** Working days that each of a source's two owners has; where the data analysts alone are asked, nobody comes after them. */
const DAYS = { urgent: [1, 1], usual: [5, 2], analysts: [5, 0] } as const;
const END_OF_DAY = '17:00';

export interface DueTimes {
  /** Milliseconds since 1970: until then the first owner is to answer, until the second the other one; afterwards the data analyst sees to it. */
  first: number;
  second: number;
}

/** When an answer is due: at five in the afternoon in London of a working day, whenever in the day it was reported. */
export function dueTimes(category: Category, reportedAt: number, analystsAlone = false): DueTimes {
  const [first, second] = DAYS[analystsAlone ? 'analysts' : isUrgent(category) ? 'urgent' : 'usual'];
  const day = workingDaysAfter(londonDay(reportedAt), first);
  // No clock is ever changed at that time.
  return { first: londonInstant(day, END_OF_DAY)!, second: londonInstant(workingDaysAfter(day, second), END_OF_DAY)! };
}
