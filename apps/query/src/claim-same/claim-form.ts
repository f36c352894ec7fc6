import { type Problem, textIn, type Typed } from '../ops-pages/typed.js';

/** Why a reader thinks that two people are one, and nothing else: it stands in the audit log. */
export const CLAIM_REASONS = {
  'details-agree': 'What is recorded of both fits one person',
  'another-name': 'They have changed their name, or go by another',
  'wrong-detail': 'A name, date of birth or number of one of them is wrong',
  'said-by-the-person': 'The person or their family says that both are them',
  other: 'Something else',
} as const;
export type ClaimReason = keyof typeof CLAIM_REASONS;

/** A reason that a newer reader process knows and this one does not is shown by its code. */
export const claimReasonWords = (reason: string): string => (CLAIM_REASONS as Record<string, string>)[reason] ?? reason;

/** That two people who are shown apart are one. */
export interface RaisedClaim {
  because: ClaimReason;
  /** In the reader's own words, for stewards alone; may be empty. */
  words: string;
}

export const LONGEST_WORDS = 500;

/** Reads the form. @param problems where what has to be corrected is noted */
export function claimIn(typed: Typed, problems: Problem[]): RaisedClaim {
  const [because, words] = [textIn(typed, 'because'), textIn(typed, 'words')];
  if (!Object.hasOwn(CLAIM_REASONS, because)) problems.push({ field: 'because', message: 'Select why you think so' });
  if (words.length > LONGEST_WORDS) problems.push({ field: 'words', message: `Enter ${LONGEST_WORDS} characters or fewer` });
  return { because: because as ClaimReason, words };
}
