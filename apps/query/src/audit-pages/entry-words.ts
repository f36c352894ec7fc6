import type { AuditAction, AuditRow } from '#lib/audit';
import { RELATIONSHIPS, type RelationshipType, SERVICES, type Service } from '#lib/events';
import { type Authority, databaseName } from '../authority.js';
import { instantWords } from '../day-words.js';
import { PURPOSES, NONE_YET, type PurposeCode } from '../policy/purpose.js';
import { answerWords, categoryWords, listedWords, pageWords } from './code-words.js';
import { STATE_WORDS } from './outcome-words.js';

const ACTIONS: Record<AuditAction, string> = {
  'signed-in': 'Signed in',
  'signed-out': 'Signed out',
  'sign-in-refused': 'Was refused at signing in',
  'session-ended': 'Session ended',
  searched: 'Searched',
  'shown-in-results': 'Was shown the person in search results',
  'led-to-person': 'Was led straight to the person by a case ID, which shows nothing of them yet',
  'viewed-person': 'Viewed basic details and states',
  'opened-panel': 'Opened a service panel',
  'viewed-relationships': 'Viewed relationships',
  'viewed-contacts': 'Viewed contacts',
  'viewed-timeline': 'Viewed the timeline',
  exported: 'Exported',
  printed: 'Printed',
  'gave-reason': 'Gave a reason',
  overridden: 'Opened a restricted record',
  'declared-known': 'Said that they know the person',
  'read-audit': 'Read the audit',
  'changed-settings': 'Changed settings',
  'gave-feedback': 'Said something about the pages',
  'reported-problem': 'Reported a problem with a record',
  'viewed-problem': 'Was shown a reported problem',
  'answered-problem': 'Answered a reported problem',
  'viewed-source': 'Viewed what became of what a source sent',
  'handled-file': 'Sent, confirmed or approved a file of a source',
  'listed-matches': 'Was shown which records wait for a data steward',
  'opened-match': 'Looked up two records by their IDs, for a data steward’s look',
  'reviewed-match': 'Reviewed two records beside each other',
  'decided-match': 'Decided whether two records are of one person',
  'raised-doubt': 'Said that a record may be of another person',
  'withdrew-doubt': 'Withdrew that a record may be of another person',
  'claimed-same': 'Said that two people may be one',
  'withdrew-claim': 'Withdrew that two people may be one',
  operated: 'Operated',
};

/** What was done. */
export function actionWords(row: Pick<AuditRow, 'action' | 'shown' | 'person'>): string {
  if (row.action === 'shown-in-results') return listedWords(row);
  // The form shows nothing of the panel but what it is called and its state.
  if (row.action === 'opened-panel' && row.shown?.page === 'problem') return 'Opened the form to report a problem with a service';
  return ACTIONS[row.action] ?? row.action;
}

/** A person as officers see one: an officer does not read families. The whole id, or an address made up from a part of it would read like the person. */
export const personWords = (person: string): string => `Person ${person}`;

/** "Section 47 enquiry"; of operations the words they gave; null: no reason was asked, or it was taken out. */
export function reasonWords(reason: string | null): string | null {
  if (reason === null) return null;
  return Object.hasOwn(PURPOSES, reason) ? PURPOSES[reason as PurposeCode] : reason;
}

/** The reason without anything in anybody’s own words. */
export function reasonCategory(reason: string | null): string | null {
  return reason !== null && Object.hasOwn(PURPOSES, reason) ? PURPOSES[reason as PurposeCode] : null;
}

export const referenceWords = (reference: string | null): string | null => (reference === NONE_YET ? 'no reference yet' : reference);

/** What was shown, in words; null: nothing beyond the action itself. */
export function shownWords({ action, shown, person }: Pick<AuditRow, 'action' | 'shown' | 'person'>, authority: Authority): string | null {
  if (shown === null) return null;
  // Why, and in which list, are said beside.
  const { states, service, state, of, as, because: _, list: __, among: ____, from, ...later } = shown;
  // The panel's state says it: no number of involvements may read as there being none.
  const { involvements: ___, ...without } = later;
  const others = { from, ...(action === 'opened-panel' && later.involvements === 0 ? without : later) };
  const words = [
    ...(isObject(states)
      ? inOrder(Object.keys(states), authority).map((name) => `${serviceWords(name)}: ${stateWords(states[name])}`)
      : []),
    ...(typeof service === 'string' ? [`${serviceWords(service)}${state == null ? '' : `: ${stateWords(state)}`}`] : []),
    ...(typeof of === 'string' && of !== person
      ? [`linked to ${personWords(of)}${typeof as === 'string' ? ` as ${relationshipWords(as)}` : ''}`]
      : []),
    ...Object.entries(others).flatMap(([name, value]) => {
      if (value === null || value === undefined) return [];
      const label = name === 'why' && action === 'session-ended' ? 'why' : (LABELS[name] ?? name);
      if (name === 'named' && value === false) return ['name not given to those who answer'];
      return value === true ? [label] : [`${label}: ${told(name, value, action, authority)}`];
    }),
  ];
  return words.length > 0 ? words.join('; ') : null;
}

const LABELS: Record<string, string> = {
  total: 'people found',
  atLeast: 'or more',
  own: 'on the caseload',
  referrals: 'referrals to the team',
  recent: 'viewed lately',
  related: 'individuals linked',
  involvements: 'involvements shown',
  services: 'services',
  contacts: 'contacts shown',
  addresses: 'addresses shown',
  page: 'page',
  verb: 'command',
  why: 'why not',
  refused: 'not done',
  overridden: 'past its restriction',
  records: 'entries',
  movedTo: 'led on to',
  split: 'or to others, to choose from',
  problem: 'problem',
  category: 'what is wrong',
  named: 'name given to those who answer',
  sources: 'sources asked',
  analystsAlone: 'asked of the data analysts alone',
  source: 'source',
  answer: 'answer',
  one: 'record',
  other: 'the other',
  record: 'record',
  doubt: 'doubt',
  claim: 'claim',
  claims: 'claims',
  hides: 'not shown until it is settled',
  evidence: 'with what speaks for and against',
  waiting: 'waiting',
  from: 'from',
  followed: 'what followed',
  startedAt: 'signed in',
  lastUsedAt: 'last used',
  to: 'to before',
};

/** What stood against it, as the policy says it. */
const REFUSALS: Record<string, string> = {
  'reason-needed': 'a reason was asked',
  'override-needs-reason': 'a reason was asked',
  'not-this-role': 'not part of the role',
  'another-team': 'another team’s',
  'knows-this-person': 'the reader has said to know this person',
  restricted: 'restricted',
  'answered-before': 'answered before',
  'ruled-meanwhile': 'decided meanwhile',
  'not-own': 'not this steward’s decision',
  'not-asked': 'not asked of this steward',
  'asked-before': 'asked for before',
  'reported-before': 'reported before, and not answered yet',
  idle: 'nothing was done for 15 minutes',
  longest: '10 hours were over',
  revoked: 'it was ended for the reader',
  'signed-in-again': 'the reader signed in again',
  failed: 'it could not be kept',
  'perhaps-not-kept': 'perhaps not kept',
};

const told = (name: string, value: unknown, action: AuditAction, authority: Authority): string => {
  if ((name === 'why' || name === 'refused') && typeof value === 'string') return REFUSALS[value] ?? value;
  if (name === 'services' && Array.isArray(value)) return inOrder(value.map(String), authority).map(serviceWords).join(', ');
  if (name === 'category' && typeof value === 'string') return categoryWords(action, value);
  if (name === 'answer' && typeof value === 'string') return answerWords(action, value);
  if (name === 'page' && typeof value === 'string') return pageWords(value);
  if (name === 'source' && typeof value === 'string') return databaseName(authority, value);
  if (name === 'sources' && Array.isArray(value))
    return value.map((source) => databaseName(authority, String(source))).join(', ') || 'none, the data analysts alone';
  if ((name === 'movedTo' || name === 'other') && typeof value === 'string') return personWords(value);
  if (isInstant(name) && typeof value === 'number') return instantWords(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
};
/** Services in the order of the settings, as pages have them, so that one entry reads like another: what is kept has none. One that is not in the settings any more comes last. */
function inOrder(services: readonly string[], authority: Authority): string[] {
  const order = authority.services.map(({ service }): string => service);
  const place = (service: string) => (order.includes(service) ? order.indexOf(service) : order.length);
  return services.toSorted((a, b) => place(a) - place(b) || a.localeCompare(b));
}

const isInstant = (name: string): boolean => name === 'from' || name === 'to' || name.endsWith('At');
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const stateWords = (kind: unknown): string => STATE_WORDS[kind as keyof typeof STATE_WORDS] ?? String(kind);
const serviceWords = (code: string): string => (code in SERVICES ? SERVICES[code as Service] : code);
const relationshipWords = (code: string): string =>
  (code in RELATIONSHIPS ? RELATIONSHIPS[code as RelationshipType].label : code).toLocaleLowerCase('en-GB');
