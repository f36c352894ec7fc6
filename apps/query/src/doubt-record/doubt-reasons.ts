/** Why a reader doubts that a record belongs to the person it is shown with, and nothing else: it stands in the audit log. */
export const DOUBT_REASONS = {
  'another-of-that-name': 'It is of another person with the same or a similar name',
  relative: 'It is of a twin, a brother or sister, a parent or a child',
  'details-contradict': 'What it says contradicts what I know of this person',
  'said-by-the-person': 'The person or their family says that it is not theirs',
  other: 'Something else',
} as const;
export type DoubtReason = keyof typeof DOUBT_REASONS;

/** A reason that a newer reader process knows and this one does not is shown by its code. */
export const doubtReasonWords = (reason: string): string => (DOUBT_REASONS as Record<string, string>)[reason] ?? reason;
