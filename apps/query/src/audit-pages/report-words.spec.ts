import type { AuditRow } from '#lib/audit';
import { reportLine } from './report-line.js';
import { foundInLog } from './found-in-log.js';
import { plainWords } from './report-words.js';

const [PERSON, OTHER] = ['f81d4fae-7dec-41d0-a765-00a0c91e6bf6', '01234567-89ab-4def-8123-456789abcdef'];
const told = (action: AuditRow['action'], shown: AuditRow['shown']) => plainWords({ action, shown, person: PERSON });

describe('What a person is told was looked at', () => {
  it.each<[AuditRow['action'], AuditRow['shown'], string]>([
    ['viewed-person', { states: { school: 'involved-now' } }, 'Opened the main page: basic details, and whether each service is involved'],
    ['viewed-person', { page: 'addresses' }, 'Opened the page of known addresses'],
    ['viewed-person', { page: 'family', of: PERSON }, 'Opened the page of the family: basic details, and whether each service is involved'],
    ['opened-panel', { service: 'police', state: 'not-checked', involvements: 0 }, 'Opened what is shown of the service Police'],
    [
      'opened-panel',
      { service: 'school', state: 'not-checked', page: 'problem' },
      'Opened the form to report a problem with the service School',
    ],
    ['opened-panel', { service: null }, 'Asked for what a service shows'],
    ['reported-problem', { service: 'school' }, 'Reported a problem with what is shown of the service School'],
    ['printed', { page: 'contacts' }, 'Printed the page of the workers to contact'],
    ['viewed-relationships', { related: 3 }, 'Saw who is recorded as related'],
    ['shown-in-results', null, 'Was shown the name in search results'],
    ['led-to-person', null, 'Was led straight to the main page by a case ID: nothing was shown by that yet'],
    ['shown-in-results', { list: 'caseload', among: 'own' }, 'Was shown the name in the list of their own cases'],
    ['shown-in-results', { list: 'caseload', among: 'recent' }, 'Was shown the name in the list of whom they viewed lately'],
    [
      'shown-in-results',
      { list: 'caseload' },
      'Was shown the name in a list of their own cases, their team’s referrals or whom they viewed lately',
    ],
    ['read-audit', { page: 'audit/report', level: 'names' }, 'Read the record of who looked'],
    ['exported', { page: 'audit/report', level: 'names' }, 'Took a copy of the record of who looked'],
  ])('is the page, and which service, without a code of ours: %s %j reads %s', (action, shown, words) => {
    expect(told(action, shown)).toBe(words);
  });

  it('says that it stood beside somebody else, and not whom', () => {
    for (const action of ['viewed-person', 'viewed-relationships', 'viewed-contacts'] as const) {
      const words = told(action, { of: OTHER, as: 'parent', page: 'family' });
      expect(words).toMatch(/somebody else/);
      expect(words).not.toMatch(/0123|parent/);
    }
  });

  it('says which service was opened at both levels, and that it was not checked rather than not found', () => {
    const shown = { service: 'drug-and-alcohol', state: 'not-checked', involvements: 0 };
    const row = { action: 'opened-panel', outcome: 'nothing-found', shown, person: PERSON, redacted: [], reasonFollowed: null };
    for (const level of ['names', 'roles'] as const)
      expect(
        reportLine(
          { ...row, role: null, team: null, reader: null, reason: null, reference: null } as unknown as AuditRow,
          level,
          foundInLog(null, 0),
        ).what,
      ).toBe('Opened what is shown of the service Drug and alcohol. Not checked, so nothing was said either way');
  });

  it('says of what showed nothing that it was tried, and never that nothing was found', () => {
    const row = { action: 'viewed-person', outcome: 'nothing-found', shown: null, person: PERSON, redacted: [], reasonFollowed: null };
    const who = { role: null, team: null, reader: null, reason: null, reference: null };
    expect(reportLine({ ...row, ...who } as unknown as AuditRow, 'roles', foundInLog(null, 0)).what).toBe(
      'Tried: opened the main page: basic details, and whether each service is involved. Nothing was shown',
    );
  });
});
