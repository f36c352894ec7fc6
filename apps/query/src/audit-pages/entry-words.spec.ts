import type { AuditAction, AuditRow } from '#lib/audit';
import { loadAuthority } from '../authority.js';
import { actionWords, reasonCategory, reasonWords, shownWords } from './entry-words.js';
import { reportLine } from './report-line.js';
import { foundInLog } from './found-in-log.js';

const authority = loadAuthority('deploy/authority/northbridge.json');
const shown = (shown: Record<string, unknown> | null, action: AuditAction = 'viewed-person') =>
  shownWords({ action, shown, person: OTHER }, authority);
const OTHER = '01234567-89ab-4def-8123-456789abcdef';
const PERSON = 'f81d4fae-7dec-41d0-a765-00a0c91e6bf6';

describe('What was shown', () => {
  it.each([
    [{ states: { school: 'involved-now', police: 'nothing-found' } }, 'School: involved now; Police: checked, nothing found'],
    [
      {
        states: {
          police: 'nothing-found',
          'gone-since': 'not-checked',
          housing: 'not-checked',
          school: 'involved-now',
          'childrens-social-care': 'involved-now',
        },
      },
      'Children’s social care: involved now; School: involved now; Housing: not checked; Police: checked, nothing found; gone-since: not checked',
    ],
    [{ service: 'school', state: 'not-checked', involvements: 0 }, 'School: not checked; involvements shown: 0'],
    [{ total: 3 }, 'people found: 3'],
    [{ of: PERSON, as: 'parent' }, `linked to Person ${PERSON} as parent`],
    [{ movedTo: PERSON }, `led on to: Person ${PERSON}`],
    [
      { page: 'audit/refused', from: Date.parse('2026-11-18T00:00:00Z'), to: Date.parse('2026-11-19T00:00:00Z') },
      'from: 18 Nov 2026 at 00:00; page: refused looks; to before: 19 Nov 2026 at 00:00',
    ],
    [{ finding: PERSON, overridden: true }, `finding: ${PERSON}; past its restriction`],
    [{ service: null, state: null, involvements: 0 }, 'involvements shown: 0'],
    [{ of: OTHER, services: ['police', 'school'], contacts: 2 }, 'services: School, Police; contacts shown: 2'],
    [{ why: 'reason-needed' }, 'why not: a reason was asked'],
    [
      { service: 'school', category: 'wrong-phone', sources: ['synergy', 'mosaic'] },
      'School; what is wrong: The phone number is wrong; sources asked: Synergy, Mosaic',
    ],
    [
      { service: 'school', category: 'missing-involvement', sources: [], named: true },
      'School; what is wrong: An involvement is missing; sources asked: none, the data analysts alone; name given to those who answer',
    ],
    [{ service: 'school', analystsAlone: true, answer: 'there-now' }, 'School; asked of the data analysts alone; answer: there-now'],
    [
      { category: 'wrong-phone', named: false, answered: false },
      'what is wrong: The phone number is wrong; name not given to those who answer; answered: no',
    ],
    [{ choice: { a: 1 } }, 'choice: {"a":1}'],
    [{}, null],
    [null, null],
  ])('%j reads %j', (given, words) => {
    expect(shown(given)).toBe(words);
  });
});

it('Codes of an entry read as on the pages they were chosen on; why and in which list are said beside', () => {
  expect(shown({ category: 'out-of-date' }, 'reported-problem')).toBe('what is wrong: It was right once, and is not any more');
  expect(shown({ category: 'unclear' }, 'gave-feedback')).toBe('what is wrong: Words are unclear');
  expect(shown({ answer: 'different', because: 'worker-confirmed' }, 'decided-match')).toBe('answer: They are two people');
  expect(shown({ answer: 'fixed' }, 'answered-problem')).toBe('answer: It was wrong and is put right');
  expect(shown({ page: 'audit/find-person' }, 'read-audit')).toBe('page: which records are a person’s');
  for (const listed of [{ list: 'caseload' }, { list: 'caseload', among: 'recent' }]) expect(shown(listed, 'shown-in-results')).toBeNull();
  expect(shown({ service: 'police', state: 'not-checked', involvements: 0 }, 'opened-panel')).toBe('Police: not checked');
  expect(shown({ why: 'idle', startedAt: 0, lastUsedAt: 60_000 }, 'session-ended')).toBe(
    'why: nothing was done for 15 minutes; signed in: 1 Jan 1970 at 01:00; last used: 1 Jan 1970 at 01:01',
  );
});

it.each([
  [null, 'Was shown the person in search results'],
  [{ list: 'caseload' }, 'Was shown the person in “My caseload”'],
  [{ list: 'caseload', among: 'own' }, 'Was shown the person in “My caseload”'],
  [{ list: 'caseload', among: 'referrals' }, 'Was shown the person in “My caseload”, among the referrals to the team'],
  [{ list: 'caseload', among: 'recent' }, 'Was shown the person in “My caseload”, among those viewed lately'],
  [{ page: 'family', of: PERSON }, 'Was shown that the person is recorded at an address of the family'],
  [{ page: 'split', of: PERSON }, 'Was shown the person among those to choose from after a split'],
  [{ page: 'why', of: PERSON }, 'Was shown the person as a possible duplicate of another'],
  [{ page: 'same', of: PERSON }, 'Was shown the person beside one they may be'],
])('To be listed with %j is told as %j', (shown, words) => {
  expect(actionWords({ action: 'shown-in-results', shown, person: OTHER })).toBe(words);
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
    person: OTHER,
    shown: null,
    redacted: [] as string[],
    reasonFollowed: null,
  } as unknown as AuditRow;
  const unasked = { ...row, reason: null, reference: null };

  it('is the reader’s name, reason and reference; or the role and team, without any of them', () => {
    expect(reportLine(row, 'names', foundInLog(null, 0))).toMatchObject({
      who: 'amara.okafor (Social worker, Assessment East)',
      what: 'Opened the main page: basic details, and whether each service is involved',
      why: 'Other, C-4711',
    });
    const less = reportLine(row, 'roles', foundInLog(null, 0));
    expect(less).toMatchObject({ who: 'Social worker, Assessment East', why: 'Other' });
    expect(JSON.stringify(less)).not.toMatch(/amara|4711/);
  });

  it('leaves out the reference and words of the reader’s own where the line is not what was recorded: they may be of another family', () => {
    const log = { ...foundInLog(null, 0), wrongWith: () => 'not what was sealed: person' };
    const told = [3, null].map((index) => reportLine({ ...row, index, reason: 'in my own words' }, 'names', log));
    expect(told.map(({ why }) => why)).toEqual(['A reason is on record', 'A reason is on record']);
    expect(told.map(({ wrong }) => wrong)).toEqual([
      expect.stringMatching(/was changed after it was recorded.*or whether it was about you/),
      expect.stringMatching(/the index did not record it, and it may never have happened, or not have been about you/),
    ]);
  });

  it.each<[Partial<AuditRow>, string]>([
    [{}, 'On the reader’s caseload, or referred to their team'],
    [{ role: 'team-manager', action: 'opened-panel' }, 'On the caseload of the reader or their team, or referred to it'],
    [{ shown: { of: PERSON } }, 'Shown with somebody on the reader’s caseload, or referred to their team'],
    [
      { action: 'shown-in-results', shown: { page: 'family', of: PERSON } },
      'Shown with somebody on the reader’s caseload, or referred to their team',
    ],
    [{ action: 'shown-in-results' }, 'No reason is asked for this'],
    [{ action: 'reviewed-match', role: 'data-steward' }, 'No reason is asked for this'],
    [{ action: 'decided-match', shown: { because: 'worker-confirmed' } }, 'A worker who knows them has confirmed it'],
    [{ action: 'claimed-same', shown: { because: 'another-name' } }, 'They have changed their name, or go by another'],
    [{ role: null, redacted: ['reason'] }, 'The reason was taken out'],
    [{ role: null, redacted: ['role'] }, 'No reason is on record'],
    [{ action: 'overridden' }, 'No reason is on record'],
    [{ outcome: 'denied', reasonFollowed: true }, 'Asked for, and given: it stands with what was looked at then'],
    [{ outcome: 'denied', reasonFollowed: false }, 'Asked for, and none was given'],
  ])('says why no reason was asked, or what was chosen: %j reads %j', (changed, words) => {
    expect(reportLine({ ...unasked, ...changed }, 'roles', foundInLog(null, 0)).why).toBe(words);
  });

  it('never leaves a reason blank, and says that a refusal showed nothing', () => {
    expect(reportLine({ ...row, reason: null, reference: null, outcome: 'denied' }, 'names', foundInLog(null, 0))).toMatchObject({
      what: 'Tried: opened the main page: basic details, and whether each service is involved. Refused, nothing shown',
      why: 'No reason is on record',
    });
    expect(reportLine({ ...row, reason: 'in my own words' }, 'roles', foundInLog(null, 0)).why).toBe('A reason is on record');
    expect(reportLine({ ...row, role: null, team: null }, 'roles', foundInLog(null, 0)).who).toBe('Not known');
  });
});
