import type { AuditRow } from '#lib/audit';
import { reasonCategory, reasonWords, shownWords } from './entry-words.js';
import { reportLine } from './report-line.js';

const shown = (shown: Record<string, unknown> | null) => shownWords({ shown, person: OTHER });
const OTHER = '01234567-89ab-4def-8123-456789abcdef';
const PERSON = 'f81d4fae-7dec-41d0-a765-00a0c91e6bf6';

describe('What was shown', () => {
  it.each([
    [{ states: { school: 'involved-now', police: 'nothing-found' } }, 'School: involved now; Police: checked, nothing found'],
    [{ service: 'school', state: 'not-checked', involvements: 0 }, 'School: not checked; involvements shown: 0'],
    [{ total: 3 }, 'people found: 3'],
    [{ of: PERSON, as: 'parent' }, 'linked to Person f81d4fae as parent'],
    [{ movedTo: PERSON }, 'led on to: Person f81d4fae'],
    [
      { page: 'audit/refused', from: Date.parse('2026-11-18T00:00:00Z'), to: Date.parse('2026-11-19T00:00:00Z') },
      'page: audit/refused; from: 18 Nov 2026 at 00:00; to before: 19 Nov 2026 at 00:00',
    ],
    [{ finding: PERSON, overridden: true }, 'finding: f81d4fae; past its restriction'],
    [{ service: null, state: null, involvements: 0 }, 'involvements shown: 0'],
    [{ of: OTHER, services: ['school', 'police'], contacts: 2 }, 'services: School, Police; contacts shown: 2'],
    [{ why: 'reason-needed' }, 'why not: a reason was asked'],
    [
      { service: 'school', category: 'wrong-phone', sources: ['synergy', 'mosaic'] },
      'School; what is wrong: The phone number is wrong; sources asked: synergy, mosaic',
    ],
    [
      { service: 'school', category: 'missing-involvement', sources: [], named: true },
      'School; what is wrong: An involvement is missing; sources asked: none, the data analysts alone; name given to those who answer',
    ],
    [{ service: 'school', analystsAlone: true, answer: 'there-now' }, 'School; asked of the data analysts alone; answer: there-now'],
    [{ choice: { a: 1 } }, 'choice: {"a":1}'],
    [{}, null],
    [null, null],
  ])('%j reads %j', (given, words) => {
    expect(shown(given)).toBe(words);
  });
});

describe('A reason', () => {
  it.each([
    ['section-47', 'Section 47 enquiry', 'Section 47 enquiry'],
    ['other', 'Other', 'Other'],
    ['yearly check', 'yearly check', null],
    [null, null, null],
  ])('%j reads %j, and %j without the reader’s own words', (given, words, category) => {
    expect([reasonWords(given), reasonCategory(given)]).toEqual([words, category]);
  });
});

describe('What a person is told', () => {
  const row = {
    at: 1,
    reader: 'amara.okafor',
    role: 'social-worker',
    team: 'Assessment East',
    action: 'viewed-person',
    outcome: 'done',
    reason: 'other',
    reference: 'C-4711',
  } as AuditRow;

  it('is the reader’s name, reason and reference; or the role and team, without any of them', () => {
    expect(reportLine(row, 'names')).toMatchObject({
      who: 'amara.okafor (Social worker, Assessment East)',
      what: 'Viewed basic details and states',
      why: 'Other, C-4711',
    });
    const less = reportLine(row, 'roles');
    expect(less).toMatchObject({ who: 'Social worker, Assessment East', why: 'Other' });
    expect(JSON.stringify(less)).not.toMatch(/amara|4711/);
  });

  it('never leaves a reason blank, and says that a refusal showed nothing', () => {
    expect(reportLine({ ...row, reason: null, reference: null, outcome: 'denied' }, 'names')).toMatchObject({
      what: 'Viewed basic details and states: refused, nothing shown',
      why: 'No reason is on record',
    });
    expect(reportLine({ ...row, reason: 'in my own words' }, 'roles').why).toBe('A reason is on record');
    expect(reportLine({ ...row, role: null, team: null }, 'roles').who).toBe('Not known');
  });
});
