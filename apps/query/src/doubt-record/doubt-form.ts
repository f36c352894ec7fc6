import { isUuid } from '#lib/runtime';
import { type Problem, textIn, type Typed } from '../ops-pages/typed.js';
import { DOUBT_REASONS, type DoubtReason } from './doubt-reasons.js';

/** That a record may be of another person than it is shown with. */
export interface RaisedDoubt {
  /** Token of the record. */
  record: string;
  because: DoubtReason;
  /** In the reader's own words, for stewards alone; may be empty. */
  words: string;
}

export const LONGEST_WORDS = 500;

/** Reads the form. @param problems where what has to be corrected is noted */
export function doubtIn(typed: Typed, problems: Problem[]): RaisedDoubt {
  const [record, because, words] = [textIn(typed, 'record'), textIn(typed, 'because'), textIn(typed, 'words')];
  if (!isUuid(record)) problems.push({ field: 'record', message: 'Select the record that may be of another person' });
  if (!Object.hasOwn(DOUBT_REASONS, because)) problems.push({ field: 'because', message: 'Select why you think so' });
  if (words.length > LONGEST_WORDS) problems.push({ field: 'words', message: `Enter ${LONGEST_WORDS} characters or fewer` });
  return { record, because: because as DoubtReason, words };
}
