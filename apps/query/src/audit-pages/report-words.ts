import type { AuditAction, AuditRow } from '#lib/audit';
import { SERVICES, type Service } from '#lib/events';
import { actionWords } from './entry-words.js';

type Done = Pick<AuditRow, 'action' | 'shown' | 'person'>;

const STATES_TOO = 'basic details, and whether each service is involved';
const ACTIONS: Partial<Record<AuditAction, string>> = {
  'led-to-person': 'Was led straight to the main page by a case ID: nothing was shown by that yet',
  'viewed-person': `Opened the main page: ${STATES_TOO}`,
  'viewed-relationships': 'Saw who is recorded as related',
  'viewed-contacts': 'Opened the page of the workers to contact',
  'gave-reason': 'Said why they need to see it',
  overridden: 'Opened it although it is restricted',
  'read-audit': 'Read the record of who looked',
  exported: 'Took a copy of the record of who looked',
};
/** Of a page by its code, where opening it is not one of the actions above. */
const PAGES: Record<string, string> = {
  family: `Opened the page of the family: ${STATES_TOO}`,
  addresses: 'Opened the page of known addresses',
  why: 'Opened the page that says which records are shown as one person, and why',
  doubt: 'Opened the form to say that a record is somebody else’s',
  problem: 'Opened the form to report a wrong name, date of birth or death, or address',
  split: 'Came by an older address, which asked whom they meant',
};
const PAPERS: Record<string, string> = {
  person: 'the main page',
  family: 'the page of the family',
  contacts: 'the page of the workers to contact',
  addresses: 'the page of known addresses',
  why: 'the page that says which records are shown as one person, and why',
  results: 'search results',
  caseload: 'a list of the reader’s own cases',
};
const OF_SOMEBODY_ELSE: Partial<Record<AuditAction, string>> = {
  'viewed-person': `Was shown this beside somebody else of the family: ${STATES_TOO}`,
  'viewed-relationships': 'Saw the name and date of birth among those related to somebody else',
  'viewed-contacts': 'Was shown the workers to contact beside those of somebody else of the family',
};

/** Of a list, where the reader's own page of cases has it; else it was searched for. */
const LISTED: Record<string, string> = {
  own: 'Was shown the name in the list of their own cases',
  referrals: 'Was shown the name in the list of referrals to their team',
  recent: 'Was shown the name in the list of whom they viewed lately',
};

/** As older entries have it. */
const LISTED_SOMEWHERE = 'Was shown the name in a list of their own cases, their team’s referrals or whom they viewed lately';

/** What was done, for the person it was done about: which page, and of which service. Codes of ours and other people are not in it. */
export function plainWords(row: Done): string {
  const { action, shown, person } = row;
  const { page, service, of, list, among } = shown ?? {};
  const about = typeof service === 'string' && Object.hasOwn(SERVICES, service) ? SERVICES[service as Service] : null;
  if (action === 'opened-panel') return about === null ? 'Asked for what a service shows' : panelWords(about, page);
  if (action === 'reported-problem')
    return about === null ? actionWords(row) : `Reported a problem with what is shown of the service ${about}`;
  if (action === 'shown-in-results' && page === undefined)
    return list === 'caseload' ? (LISTED[String(among)] ?? LISTED_SOMEWHERE) : 'Was shown the name in search results';
  if (action === 'printed') return `Printed ${(typeof page === 'string' && PAPERS[page]) || 'a page'}`;
  if (typeof of === 'string' && of !== person) return OF_SOMEBODY_ELSE[action] ?? actionWords(row);
  if (action === 'viewed-person' && typeof page === 'string') return PAGES[page] ?? actionWords(row);
  return ACTIONS[action] ?? actionWords(row);
}

const panelWords = (service: string, page: unknown): string =>
  page === 'problem' ? `Opened the form to report a problem with the service ${service}` : `Opened what is shown of the service ${service}`;
