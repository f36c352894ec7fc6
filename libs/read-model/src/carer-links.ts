/** Which links say that somebody cares for another at home: SQL on a row of `relationship`, the same for its indexes and for whoever asks (decision 0067). */

/** Codes of what a carer is to whom they care for (`RELATIONSHIPS` of libs/events). Another code wants a migration that makes `CARER_INDEXES` anew: those that are there know the old ones. */
export const CARERS = ['foster-carer', 'private-foster-carer', 'adoptive-parent', 'special-guardian', 'support-carer'] as const;
/** What these are to their carers: the inverses. */
export const CARED_FOR = [
  'foster-child',
  'private-foster-child',
  'adoptive-child',
  'child-under-special-guardianship',
  'supported-child',
] as const;
/** Often still on record as main carers of a child who has been placed elsewhere: any other main carer counts as a carer. */
const PARENTS = ['parent', 'step-parent'];

const listed = (codes: readonly string[]) => codes.map((code) => `'${code}'`).join();
// A link that has ended still counts; one entered in error does not.
const STANDS = "status IS DISTINCT FROM 'retracted'";

/** `other_subject` cares for `subject`. */
export const LINKS_A_CARER = `${STANDS} AND (relationship IN (${listed(CARERS)}) OR main_carer AND NOT relationship IN (${listed(PARENTS)}))`;
/** `subject` cares for `other_subject`. */
export const LINKS_A_CHILD = `${STANDS} AND relationship IN (${listed(CARED_FOR)})`;

/** Of a household of hundreds of records it is asked with every answer who cares for somebody, and for whom: hardly any does. */
export const CARER_INDEXES = [`(other_subject) WHERE ${LINKS_A_CARER}`, `(subject) WHERE ${LINKS_A_CHILD}`];
