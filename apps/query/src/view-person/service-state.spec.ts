import type { ServiceShown } from '../authority.js';
import { freshnessOf, type SourceHeard } from '../source-freshness.js';
import { type Looked, serviceStateOf, type Situation } from './service-state.js';

const NOW = Date.UTC(2026, 10, 23, 9, 0);
const minutes = (count: number) => count * 60_000;
const desk = { name: 'the desk', phone: '01632 960 141', outOfHoursPhone: '01632 960 101' };

const shown = (changed: Partial<ServiceShown> = {}): ServiceShown => ({
  service: 'other',
  display: 'shown',
  saysCurrent: true,
  offencesAtMost: 3,
  noticesWithinMonths: 12,
  matchedWithCare: false,
  conditions: 'Anything.',
  ...changed,
});
const SERVICES_SHOWN = {
  'children’s social care': shown({ service: 'childrens-social-care' }),
  school: shown({ service: 'school', fromAge: 4, toAge: 20 }),
  housing: shown({ service: 'housing', fromAge: 16 }),
  police: shown({ service: 'police', fromAge: 18, saysCurrent: false }),
};

const FRESHNESS = {
  fresh: { lastHeardAt: NOW - minutes(1), completeTo: NOW - minutes(10) },
  late: { lastHeardAt: NOW - minutes(60 * 100), completeTo: NOW - minutes(60 * 100) },
  'never heard': { lastHeardAt: null, completeTo: null },
  'heard, but never said complete': { lastHeardAt: NOW - minutes(1), completeTo: null },
};
const looked = (freshness: keyof typeof FRESHNESS, changed: Partial<Looked> = {}, heard: Partial<SourceHeard> = {}): Looked => ({
  freshness: freshnessOf(
    {
      id: 'childview',
      name: 'ChildView',
      service: 'other',
      expectedEvery: 900,
      silence: 1800,
      alarmDropShare: 0.2,
      alarmDropAtLeast: 20,
      desk,
    },
    { coversFrom: null, coversTo: null, area: null, matched: true, heldBack: false, dropped: null, ...FRESHNESS[freshness], ...heard },
    NOW,
  ),
  outOfArea: false,
  possibleMatch: false,
  heldBackSince: null,
  ...changed,
});

const FEWER_RECORDS = { dropped: { what: 'records' as const, since: NOW - minutes(5) } };
const FEWER_OPEN = { dropped: { what: 'open-involvements' as const, since: NOW - minutes(5) } };

const FACTS = {
  open: { open: 1, closed: 1, lastClosedOn: '2020-01-01' },
  ended: { open: 0, closed: 2, lastClosedOn: '2025-03-14' },
  'ended, no date': { open: 0, closed: 1, lastClosedOn: null },
  none: { open: 0, closed: 0, lastClosedOn: null },
};
const situation = (
  service: keyof typeof SERVICES_SHOWN,
  age: number | null | { youngest: number; oldest: number },
  facts: keyof typeof FACTS,
  sources: Looked[],
  changed: Partial<Situation> = {},
): Situation => ({
  rule: SERVICES_SHOWN[service],
  age: typeof age === 'number' ? { youngest: age, oldest: age } : age,
  ...FACTS[facts],
  knownToReader: false,
  wrongMatch: false,
  wellIdentified: true,
  sources,
  ...changed,
});

test('a service with a broker says whom to ring, whatever is known and of whatever age', () => {
  const broker = { name: 'the Recovery Service', phone: '01632 960 180', outOfHoursPhone: '01632 960 101' };
  const rule = shown({ display: 'broker', broker, fromAge: 16 });
  const said = (age: number | null, facts: keyof typeof FACTS, sources: Looked[]) =>
    serviceStateOf({ ...situation('housing', age, facts, sources), rule });
  const states = [said(40, 'open', [looked('fresh')]), said(3, 'none', []), said(null, 'ended', [looked('late', { heldBackSince: NOW })])];
  expect(new Set(states.map((state) => JSON.stringify(state))).size).toBe(1);
  expect(states[0]).toMatchObject({
    kind: 'not-checked',
    reason: 'ask-the-broker',
    words: 'Not checked: ring the Recovery Service, 01632 960 180, out of hours 01632 960 101',
  });
});

test('nothing is told of somebody the reader has said to know, but for what is the same of everybody', () => {
  const of = (facts: keyof typeof FACTS, rule = shown({})) =>
    serviceStateOf({ ...situation('housing', 40, facts, [looked('fresh')]), rule, knownToReader: true });
  expect(of('open')).toMatchObject({ kind: 'not-checked', words: 'Not checked: you have said that you know this person' });
  expect(of('open')).toEqual(of('none'));
  expect(of('open', shown({ display: 'no-agreement' })).words).toBe('Not checked: no agreement with this service');
});

describe('What a closed panel says', () => {
  it.each([
    ['children’s social care', 'open', 'fresh', 'Involved now'],
    ['children’s social care', 'open', 'late', 'Involved when last checked, 19 Nov 2026; expected every 15 minutes'],
    ['children’s social care', 'open', 'never heard', 'Involved when last checked; expected every 15 minutes'],
    ['children’s social care', 'ended', 'fresh', 'Involved before, ended 14 Mar 2025'],
    [
      'children’s social care',
      'ended',
      'late',
      'Involved before, ended 14 Mar 2025, when last checked, 19 Nov 2026; expected every 15 minutes',
    ],
    ['children’s social care', 'ended, no date', 'fresh', 'Involved before, end date not known'],
    ['children’s social care', 'none', 'fresh', 'Checked, nothing found'],
    ['children’s social care', 'none', 'late', 'Not checked: not heard from since 19 Nov 2026, expected every 15 minutes'],
    ['children’s social care', 'none', 'never heard', 'Not checked: ChildView has not said how far it sees'],
    ['children’s social care', 'none', 'heard, but never said complete', 'Not checked: ChildView has not said how far it sees'],
    ['housing', 'open', 'fresh', 'Involved now'],
    ['housing', 'none', 'fresh', 'Checked, nothing found'],
    ['police', 'open', 'fresh', 'Records held'],
    ['police', 'ended', 'fresh', 'Records held'],
    ['police', 'open', 'late', 'Records held when last checked, 19 Nov 2026; expected every 15 minutes'],
    ['police', 'none', 'fresh', 'Checked, nothing found'],
    ['police', 'none', 'late', 'Not checked: not heard from since 19 Nov 2026, expected every 15 minutes'],
  ] as const)('%s, involvement %s, source %s: "%s"', (service, facts, freshness, words) => {
    expect(serviceStateOf(situation(service, 34, facts, [looked(freshness)])).words).toBe(words);
  });

  it.each([
    ['school', 3, 'Not checked: shown from age 4 to 20', 'age-rule'],
    ['school', 4, 'Involved now', null],
    ['school', 20, 'Involved now', null],
    ['school', 21, 'Not checked: shown from age 4 to 20', 'age-rule'],
    ['housing', 15, 'Not checked: shown from age 16', 'age-rule'],
    ['police', 17, 'Not checked: shown from age 18', 'age-rule'],
    ['police', 18, 'Records held', null],
    ['school', -1, 'Not checked: shown from age 4 to 20', 'age-rule'],
    ['children’s social care', -1, 'Involved now', null],
    ['children’s social care', null, 'Involved now', null],
    ['police', null, 'Not checked: shown from age 18, date of birth not known', 'age-not-known'],
    ['police', { youngest: 17, oldest: 18 }, 'Not checked: shown from age 18, exact age not known', 'age-not-known'],
    ['police', { youngest: 15, oldest: 16 }, 'Not checked: shown from age 18', 'age-rule'],
    ['police', { youngest: 18, oldest: 19 }, 'Records held', null],
  ] as const)('%s for someone aged %j says "%s", even when there is an involvement', (service, age, words, reason) => {
    expect(serviceStateOf(situation(service, age, 'open', [looked('fresh')]))).toMatchObject({ words, reason });
  });

  it('says that there is no agreement rather than anything about the person', () => {
    const rule = shown({ display: 'no-agreement' });
    const state = serviceStateOf(situation('housing', 34, 'open', [looked('fresh')], { rule }));
    expect(state).toMatchObject({ words: 'Not checked: no agreement with this service', problem: false });
  });

  it('lays staleness over a state and never instead of it', () => {
    expect(serviceStateOf(situation('housing', 34, 'ended', [looked('late')]))).toMatchObject({ kind: 'involved-before', stale: true });
    expect(serviceStateOf(situation('housing', 34, 'ended', [looked('fresh')]))).toMatchObject({ kind: 'involved-before', stale: false });
  });
});

describe('"Checked, nothing found"', () => {
  const nothing = (source: Looked, changed: Partial<Situation> = {}) => serviceStateOf(situation('housing', 34, 'none', [source], changed));

  it('is said of a source that is fresh, complete and matched, and has nobody else like this person', () => {
    expect(nothing(looked('fresh')).kind).toBe('nothing-found');
  });

  it.each([
    ['too-few-details', looked('fresh'), { wellIdentified: false }],
    ['wrong-match-awaiting-review', looked('late', { possibleMatch: true }), { wrongMatch: true }],
    ['match-awaiting-review', looked('fresh', { possibleMatch: true }), {}],
    ['matching-pending', looked('fresh', {}, { matched: false }), {}],
    ['held-back', looked('fresh', { heldBackSince: NOW }), {}],
    ['held-back', looked('fresh', {}, { heldBack: true }), {}],
    ['source-late', looked('late'), {}],
    ['source-late', looked('late', {}, FEWER_RECORDS), {}],
    ['source-dropped', looked('fresh', {}, FEWER_OPEN), {}],
    ['source-dropped', looked('fresh', {}, FEWER_RECORDS), {}],
    ['source-dropped', looked('fresh', {}, { ...FEWER_RECORDS, matched: false }), {}],
    ['no-coverage', looked('never heard'), {}],
    ['no-coverage', looked('fresh', {}, { coversTo: '2019-03-31' }), {}],
  ] as const)('is not said for this reason: %s', (reason, source, changed) => {
    expect(nothing(source, changed)).toMatchObject({ kind: 'not-checked', reason, problem: true });
  });

  it('is said of a source that covers a period up to its last nightly run', () => {
    expect(nothing(looked('fresh', {}, { coversTo: '2026-11-22' })).kind).toBe('nothing-found');
  });

  it('is not said of somebody known by little more than a name, although the source has a record: it may have a second one', () => {
    expect(nothing(looked('fresh'), { wellIdentified: false }).reason).toBe('too-few-details');
  });

  it('is not said while one of several sources of the service could not be checked', () => {
    const sources = [looked('fresh'), looked('late')];
    expect(serviceStateOf(situation('housing', 34, 'none', sources)).reason).toBe('source-late');
  });

  it('is not said of a service that no source sends', () => {
    expect(serviceStateOf(situation('housing', 34, 'none', [])).reason).toBe('no-coverage');
  });
});

describe('"Involved before"', () => {
  const before = (sources: Looked[], changed: Partial<Situation> = {}) =>
    serviceStateOf(situation('housing', 34, 'ended', sources, changed));

  it.each([
    [looked('never heard'), {}, 'ChildView has not said how far it sees'],
    [looked('fresh', { possibleMatch: true }), {}, 'a possible match awaiting review'],
    [looked('fresh', {}, { matched: false }), {}, 'matching is not finished'],
    [looked('fresh', { heldBackSince: NOW }), {}, 'data is being held back'],
    [looked('fresh', {}, { coversTo: '2019-03-31' }), {}, 'ChildView sees no further than 31 Mar 2019'],
    [looked('fresh'), { wellIdentified: false }, 'too few details to look with'],
  ])('does not read as "not involved now" where that was not looked at: %#', (source, changed, why) => {
    const notLate = { ...source, freshness: { ...source.freshness, late: false } };
    expect(before([notLate], changed)).toMatchObject({
      kind: 'involved-before',
      words: `Involved before, ended 14 Mar 2025; now not checked: ${why}`,
      problem: true,
    });
  });

  it('says so of the source that could not be checked, where another could', () => {
    expect(before([looked('fresh'), looked('fresh', { possibleMatch: true })]).words).toContain('now not checked: a possible match');
  });

  it('stands alone where every source was looked at', () => {
    expect(before([looked('fresh'), looked('fresh')])).toMatchObject({ words: 'Involved before, ended 14 Mar 2025', problem: false });
  });
});

describe('Somebody who lives where a source keeps no records of', () => {
  it('is not checked there, and what the source tells all the same is shown', () => {
    const state = (facts: keyof typeof FACTS, sources: Looked[]) => serviceStateOf(situation('housing', 34, facts, sources));
    const elsewhere = looked('fresh', { outOfArea: true });
    expect(state('none', [elsewhere])).toMatchObject({
      words: 'Not checked: out of area, ChildView keeps no records of where they live',
      reason: 'out-of-area',
      problem: false,
    });
    expect(state('none', [looked('fresh'), elsewhere]).reason).toBe('out-of-area');
    expect(state('open', [elsewhere]).words).toBe('Involved now');
    expect(state('none', [looked('late', { outOfArea: true })]).reason).toBe('source-late');
  });
});

describe('A source that holds far fewer records than before', () => {
  it.each([
    ['open', FEWER_RECORDS, 'Involved now'],
    ['ended', FEWER_RECORDS, 'Involved before, ended 14 Mar 2025; now not checked: ChildView holds far fewer records than before'],
    ['none', FEWER_RECORDS, 'Not checked: ChildView holds far fewer records than before'],
    ['none', FEWER_OPEN, 'Not checked: ChildView holds far fewer open involvements than before'],
  ] as const)('with involvement %s keeps what it still tells, and never says that there is nothing', (facts, heard, words) => {
    expect(serviceStateOf(situation('housing', 34, facts, [looked('fresh', {}, heard)])).words).toBe(words);
  });

  it('is told with since when, and whom to ring', () => {
    const ring = 'Ring the desk: 01632 960 141, out of hours 01632 960 101.';
    const words = (heard: Partial<SourceHeard>) => looked('fresh', {}, heard).freshness.droppedWords;
    expect(words(FEWER_RECORDS)).toBe(`ChildView holds far fewer records since 23 Nov 2026 at 08:55: some may be missing. ${ring}`);
    expect(words(FEWER_OPEN)).toBe(`ChildView holds far fewer open involvements since 23 Nov 2026 at 08:55: some may be missing. ${ring}`);
    expect(words({})).toBeNull();
  });
});

describe('A late source', () => {
  it('is told with when it was last heard, how often it is expected, and whom to ring', () => {
    expect(looked('late').freshness.lateWords).toBe(
      'This source has not been heard from since 19 Nov 2026 at 05:00. It is expected every 15 minutes. ' +
        'Ring the desk: 01632 960 141, out of hours 01632 960 101.',
    );
  });

  it('that still sends events is told apart from a silent one', () => {
    expect(looked('late', {}, { lastHeardAt: NOW - minutes(1) }).freshness.lateWords).toContain(
      'has not said that it is complete since 19 Nov 2026',
    );
    expect(looked('never heard').freshness.lateWords).toContain('has not been heard from yet');
    expect(looked('fresh').freshness.lateWords).toBeNull();
  });
});
