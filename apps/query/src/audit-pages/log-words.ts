import type { AuditRow } from '#lib/audit';
import type { FoundInLog } from './found-in-log.js';

type Words = Record<FoundInLog['is'], string | null>;

/** Above entries, on a page or as the first line of a file: whether they can be relied on, and that a list of them may lack some. */
export const LIST_NOTES: Words = {
  nothing: null,
  unchecked:
    'Whether the audit log was changed since it was written is not known: not all of it was checked lately. An entry may be wrong or missing here, and nothing shows that it is. Tell operations.',
  changed:
    'The audit log was changed in its database after it was sealed, or could not be compared with what was sealed. An entry that is known to have been changed, or put in, says so. One that was taken out, or made somebody else’s, may be missing here, and nothing shows that it is.',
  'not-all-marked':
    'The audit log was changed in its database after it was sealed, in so many places that not each entry that was changed, or put in, says so. Rely on no entry here, nor on what is missing.',
  'not-signed':
    'The audit log in the database is not the one that was sealed, or can’t be compared with it. Do not rely on what is shown here, nor on what is missing.',
  unknown: 'Whether the audit log is what was sealed can’t be told now. Ask again in a minute.',
};

/** What whoever a report is about is told of the record it is made from. */
export const REPORT_NOTES: Words = {
  nothing: null,
  unchecked:
    'Whether the record of who looked is as it was made is not known: not all of it was checked lately. What this report says may be wrong, and a look at your information may be missing from it.',
  changed:
    'Somebody changed the record of who looked after it was made, or for a time nobody could show that it was as it was made. Where we know that a line was changed, it says so. A look at your information may be missing from this report, and nothing here would show it.',
  'not-all-marked':
    'Somebody changed the record of who looked after it was made, in so many places that we do not know of each line whether it was changed. What this report says may be wrong, and a look at your information may be missing from it.',
  'not-signed':
    'We can’t show that the record of who looked is as it was made. What this report says may be wrong, and a look at your information may be missing from it.',
  unknown: 'Whether the record of who looked is as it was made can’t be told now. Ask for this report again.',
};

/** What whoever a report is about is told of a line that is not what was recorded. */
export const LINE_WORDS = {
  changed:
    'This line was changed after it was recorded: who, what, when or why may be wrong, or whether it was about you. A reference, or a reason in the reader’s own words, is left out of it.',
  'put-in':
    'This line was put in by somebody: the index did not record it, and it may never have happened, or not have been about you. A reference, or a reason in the reader’s own words, is left out of it.',
} as const;

/** What is said of an entry with which nothing wrong was found. @param whole where it was looked at and nothing is wrong */
export function unmarkedWords(row: Pick<AuditRow, 'index'>, log: FoundInLog, whole: string): string {
  if (log.wasChecked(row)) return whole;
  return log.is === 'nothing' || log.is === 'changed' ? 'Not known yet' : 'Not known';
}
