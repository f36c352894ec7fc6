import type { AuditEntry } from '#lib/audit';

/** Why somebody looks outside their own cases (product: Access). */
export const PURPOSES = {
  'section-47': 'Section 47 enquiry',
  'section-17-consent': 'Section 17 enquiry, the conversation with the family was held',
  'section-17-no-consent': 'Section 17 enquiry, the conversation with the family was not held',
  'duty-or-out-of-hours': 'Duty or out of hours',
  'strategy-meeting': 'Strategy meeting',
  handover: 'Handover',
  other: 'Other',
} as const;
export type PurposeCode = keyof typeof PURPOSES;

/** Said in place of a case or contact reference: also an answer. */
export const NONE_YET = 'none-yet';

export interface Purpose {
  why: PurposeCode;
  /** In the reader's own words; `other` needs some. */
  words: string;
  /** Case or contact reference, or NONE_YET. */
  reference: string;
}

/** Whether somebody has said enough: one of the purposes, in words where it is `other`, and a reference or that there is none yet. */
export function isComplete(purpose: Purpose | null): purpose is Purpose {
  if (purpose === null || !Object.hasOwn(PURPOSES, purpose.why)) return false;
  return purpose.reference.trim() !== '' && (purpose.why !== 'other' || purpose.words.trim() !== '');
}

/** What of it goes on record with every look that it allows: the reader's own words sealed, as they may name somebody. */
export function purposeOnRecord({ why, words, reference }: Purpose): Pick<AuditEntry, 'reason' | 'reference' | 'terms'> {
  return { reason: why, reference, ...(words.trim() !== '' && { terms: { words } }) };
}
