import { FACTS, looked, NOW, shown, situation } from '../../../../test/support/service-situations.js';
import { type Looked, type Situation, serviceStateOf } from './service-state.js';

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
    ['fresh', 'Involved from 1 Sep 2027'],
    ['late', 'Involved from 1 Sep 2027 when last checked, 19 Nov 2026; expected every 15 minutes'],
  ] as const)('of a service that begins on a day ahead, source %s: "%s"', (freshness, words) => {
    const begins = situation('children’s social care', 7, 'open', [looked(freshness)], { beginsOn: '2027-09-01' });
    expect(serviceStateOf(begins)).toMatchObject({ kind: 'involved-now', words });
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
    expect(serviceStateOf(situation('housing', 34, 'ended', [looked('late')]))).toMatchObject({
      kind: 'involved-before',
      stale: true,
      reason: 'source-late',
    });
    expect(serviceStateOf(situation('housing', 34, 'ended', [looked('fresh')]))).toMatchObject({ kind: 'involved-before', stale: false });
  });
});

describe('"Involved before"', () => {
  const before = (sources: Looked[], changed: Partial<Situation> = {}) =>
    serviceStateOf(situation('housing', 34, 'ended', sources, changed));

  it.each([
    [looked('never heard'), {}, 'ChildView has not said how far it sees'],
    [looked('fresh', { possibleMatch: 'closely' }), {}, 'a possible match awaiting review'],
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
      reason: expect.any(String),
    });
  });

  it('says so of the source that could not be checked, where another could', () => {
    expect(before([looked('fresh'), looked('fresh', { possibleMatch: 'closely' })]).words).toContain('now not checked: a possible match');
  });

  it('stands alone where every source was looked at', () => {
    expect(before([looked('fresh'), looked('fresh')])).toMatchObject({
      words: 'Involved before, ended 14 Mar 2025',
      problem: false,
      reason: null,
    });
  });
});
