import { z } from 'zod';
import { isComplete, NONE_YET, type Purpose, PURPOSES, type PurposeCode } from '../policy/purpose.js';

/** The form as a browser sends it. */
export interface PurposeForm {
  why?: unknown;
  words?: unknown;
  reference?: unknown;
  /** Ticked: there is no reference yet. */
  none?: unknown;
}

export interface PurposeProblem {
  field: 'why' | 'words' | 'reference';
  /** The sentence the reader sees. */
  message: string;
}

const WORDS_AT_MOST = 500;
const REFERENCE_AT_MOST = 100;

/** A purpose, or what to correct. */
export function purposeFrom(form: PurposeForm): { purpose: Purpose } | { problems: PurposeProblem[] } {
  const [why, words] = [typed(form.why), typed(form.words)];
  const reference = typed(form.reference) || (form.none === undefined ? '' : NONE_YET);
  const problems: PurposeProblem[] = [];
  if (!isPurpose(why)) problems.push({ field: 'why', message: 'Select why you need to see this record' });
  if (why === 'other' && words === '') problems.push({ field: 'words', message: 'Enter why you need to see this record' });
  if (words.length > WORDS_AT_MOST) problems.push({ field: 'words', message: `Enter ${WORDS_AT_MOST} characters or fewer` });
  if (reference === '') problems.push({ field: 'reference', message: 'Enter a case or contact reference, or tick that there is none yet' });
  if (reference.length > REFERENCE_AT_MOST)
    problems.push({ field: 'reference', message: `Enter a reference of ${REFERENCE_AT_MOST} characters or fewer` });
  const purpose = { why: why as PurposeCode, words: why === 'other' ? words : '', reference };
  return problems.length === 0 && isComplete(purpose) ? { purpose } : { problems };
}

/** The same as machines send it. */
export const PurposeGiven = z
  .strictObject({
    purpose: z.enum(Object.keys(PURPOSES) as [PurposeCode, ...PurposeCode[]]),
    /** In the reader's own words; `other` needs some. */
    words: z.string().max(WORDS_AT_MOST).default(''),
    /** Case or contact reference, or "none-yet". */
    reference: z.string().trim().min(1).max(REFERENCE_AT_MOST),
  })
  .meta({ id: 'PurposeGiven' });

const isPurpose = (code: string): code is PurposeCode => Object.hasOwn(PURPOSES, code);
/** Browsers may send a field twice or not at all. */
const typed = (text: unknown): string => (typeof text === 'string' ? text.trim() : '');
