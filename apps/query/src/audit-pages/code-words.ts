import type { AuditAction, AuditRow } from '#lib/audit';
import { claimReasonWords } from '../claim-same/claim-form.js';
import { doubtReasonWords } from '../doubt-record/doubt-reasons.js';
import { CATEGORIES as FEEDBACK } from '../feedback/feedback-form.js';
import { ALL_CATEGORIES, OUTCOMES as SOURCE_ANSWERS } from '../report-problem/problem-categories.js';
import { ANSWERS, REASONS } from '../review-matches/answers.js';
import { OPENING_REASONS } from '../review-matches/opened-pair.js';

type Words = Record<string, string>;

/** Codes that stand in `shown`, in the words of the pages they were chosen on; one that is not known any more stays as it is. */
const within = (words: Words, code: string): string => (Object.hasOwn(words, code) ? words[code]! : code);

const STEWARDS_REASONS: Words = Object.fromEntries(Object.entries(REASONS).map(([code, { words }]) => [code, words]));
const STEWARDS_ANSWERS: Words = {
  ...ANSWERS,
  'taken-back': 'What was decided is taken back',
  'asks-to-take-back': 'Another steward is asked to take it back',
};

const BECAUSE: Partial<Record<AuditAction, (code: string) => string>> = {
  'raised-doubt': doubtReasonWords,
  'claimed-same': claimReasonWords,
  'decided-match': (code) => within(STEWARDS_REASONS, code),
  'opened-match': (code) => within(OPENING_REASONS, code),
};

/** Why, as it was chosen from the list of a page; null: from none. */
export function becauseWords({ action, shown }: Pick<AuditRow, 'action' | 'shown'>): string | null {
  const because = shown?.because;
  return typeof because === 'string' ? (BECAUSE[action]?.(because) ?? because) : null;
}

export const categoryWords = (action: AuditAction, code: string): string =>
  within(action === 'gave-feedback' ? FEEDBACK : ALL_CATEGORIES, code);

export const answerWords = (action: AuditAction, code: string): string =>
  within(action === 'answered-problem' ? SOURCE_ANSWERS : STEWARDS_ANSWERS, code);

/** Pages by the code under which a look at them is on record. */
const PAGES: Words = {
  person: 'the person’s page',
  family: 'family',
  contacts: 'contacts',
  addresses: 'addresses',
  why: 'why these records are one person',
  doubt: 'whether a record is another person’s',
  same: 'whether two people are one',
  problem: 'report a problem',
  split: 'choosing after a split',
  results: 'search results',
  caseload: 'My caseload',
  'two-records': 'two records side by side',
  problems: 'problems reported',
  settings: 'settings',
  report: 'what a source sent',
  files: 'files of a source',
  file: 'one file of a source',
  audit: 'the audit',
  'audit/ask': 'the audit’s first page',
  'audit/alerts': 'restricted records opened that nobody has looked into',
  'audit/alert': 'a restricted record that was opened',
  'audit/questions': 'an answer to a question',
  'audit/people': 'who looked at a person',
  'audit/person': 'who looked at a person',
  'audit/reader': 'what a reader looked at',
  'audit/report': 'a person’s own report',
  'audit/exposure': 'who was shown two people as one',
  'audit/find-person': 'which records are a person’s',
  'audit/find-owners': 'whose records are now',
  'audit/compare-readers': 'whether readers opened themselves, relatives or their household',
  'audit/entry': 'one entry',
  'audit/terms': 'what was typed',
  'audit/unusual': 'unusual use',
  'audit/finding': 'a finding of unusual use',
  'audit/export': 'the whole log',
  'audit/team': 'what the team did',
  'audit/overrides': 'restricted records that were opened',
  'audit/refused': 'refused looks',
  'audit/asked': 'looks at which a reason was asked',
  'audit/readers': 'who read the audit',
  'audit/reasons': 'looks for which a reason was given',
};
export const pageWords = (code: string): string => within(PAGES, code);

/** Where on the page of the reader's own cases, for whom it is no case of theirs. */
const AMONG: Words = { referrals: ', among the referrals to the team', recent: ', among those viewed lately' };

/** In which kind of list somebody was shown: not always in one that was searched for. */
export function listedWords({ shown, person }: Pick<AuditRow, 'shown' | 'person'>): string {
  const { list, page, among } = shown ?? {};
  const whom = person === null ? 'people' : 'the person';
  if (list === 'caseload') return `Was shown ${whom} in “My caseload”${AMONG[String(among)] ?? ''}`;
  if (page === 'family') return 'Was shown that the person is recorded at an address of the family';
  if (page === 'split') return 'Was shown the person among those to choose from after a split';
  if (page === 'person' || page === 'why') return 'Was shown the person as a possible duplicate of another';
  return page === 'same' ? 'Was shown the person beside one they may be' : `Was shown ${whom} in search results`;
}
