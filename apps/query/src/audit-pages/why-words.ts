import type { AuditAction, AuditRow } from '#lib/audit';
import type { Role } from '../sign-in/reader.js';
import { becauseWords } from './code-words.js';
import { reasonCategory, reasonWords, referenceWords } from './entry-words.js';

type Given = Pick<AuditRow, 'action' | 'outcome' | 'role' | 'person' | 'reason' | 'reference' | 'shown' | 'redacted' | 'reasonFollowed'>;

/** What the policy lets a worker do without a reason where, and only where, the person is on their caseload (policy.ts, decision 0017). */
const BY_CASE: readonly AuditAction[] = [
  'viewed-person',
  'opened-panel',
  'viewed-relationships',
  'viewed-contacts',
  'viewed-timeline',
  'printed',
  'reported-problem',
  'raised-doubt',
  'withdrew-doubt',
  'claimed-same',
  'withdrew-claim',
];
/** What a reason is asked for however the reader stands to anybody. */
const ALWAYS_ASKED: readonly AuditAction[] = ['overridden', 'gave-reason', 'changed-settings', 'operated'];
const CASELOAD: Partial<Record<string, string>> = {
  'social-worker': 'on the reader’s caseload, or referred to their team',
  duty: 'on the reader’s caseload, or referred to their team',
  'team-manager': 'on the caseload of the reader or their team, or referred to it',
} satisfies Partial<Record<Role, string>>;

/**
 * Why, never blank: the reason and reference that were given and what was chosen from a list; else why none was asked.
 * @param o.inOwnWords with the reference, and a reason in words of somebody’s own: both may name somebody
 */
export function whyWords(row: Given, { inOwnWords }: { inOwnWords: boolean }): string {
  const { reason, reference, redacted } = row;
  const because = becauseWords(row);
  const given = inOwnWords ? [reasonWords(reason), referenceWords(reference), because] : [reasonCategory(reason), because];
  const words = given.filter((part) => part !== null).join(', ');
  if (words !== '') return words;
  if (reason !== null) return 'A reason is on record';
  return redacted.includes('reason') ? 'The reason was taken out' : unaskedWords(row);
}

/** Why there is none with the entry, as far as it tells. */
function unaskedWords({ action, outcome, role, person, shown, reasonFollowed }: Given): string {
  if (outcome === 'denied' && reasonFollowed !== null) return reasonFollowed ? GIVEN_AFTER : 'Asked for, and none was given';
  const of = shown?.of;
  const beside = typeof of === 'string' && of !== person;
  const byCase = BY_CASE.includes(action) || (action === 'shown-in-results' && beside);
  const caseload = CASELOAD[role ?? ''];
  if (outcome === 'denied' || ALWAYS_ASKED.includes(action)) return NONE;
  if (!byCase || (action === 'printed' && person === null)) return 'No reason is asked for this';
  if (caseload === undefined || person === null) return NONE;
  return beside ? `Shown with somebody ${caseload}` : capitalised(caseload);
}

/** This entry is the asking: whoever reads it alone must not take it for a look without a reason. */
const GIVEN_AFTER = 'Asked for, and given: it stands with what was looked at then';
const NONE = 'No reason is on record';
const capitalised = (words: string): string => words.charAt(0).toLocaleUpperCase('en-GB') + words.slice(1);
