import { FEWER_OPEN, FEWER_RECORDS, looked, minutes, NOW, situation } from '../../../../test/support/service-situations.js';
import type { SourceHeard } from '../source-freshness.js';
import { type Looked, serviceStateOf } from './service-state.js';

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

describe('Of two sources of a service', () => {
  const long = { lastHeardAt: NOW - minutes(60 * 200), completeTo: NOW - minutes(60 * 200) };
  const words = (facts: 'open' | 'ended' | 'none', sources: Looked[], service: 'housing' | 'police' = 'housing') =>
    serviceStateOf(situation(service, 34, facts, sources)).words;

  it('the one that states what is open says how old it is, and not the other', () => {
    expect(words('open', [looked('late'), looked('fresh', { states: 'open' })])).toBe('Involved now');
    expect(words('open', [looked('fresh'), looked('late', { states: 'open' })])).toBe(
      'Involved when last checked, 19 Nov 2026; expected every 15 minutes',
    );
    expect(words('open', [looked('late', { states: 'open' }), looked('fresh', { states: 'ended' })])).toContain('when last checked');
    expect(words('open', [looked('late', { states: 'open' }), looked('fresh', { states: 'open' })])).toBe('Involved now');
    expect(words('ended', [looked('late'), looked('fresh', { states: 'ended' })], 'police')).toBe('Records held');
  });

  it('the one that was silent longest gives the date', () => {
    const both = (states: Looked['states']) => [looked('late', { states }), looked('late', { states }, long)];
    expect(words('open', both('open'))).toBe('Involved when last checked, 15 Nov 2026; expected every 15 minutes');
    expect(words('ended', both('ended'))).toContain('when last checked, 15 Nov 2026');
    expect(words('none', both(null))).toBe('Not checked: not heard from since 15 Nov 2026, expected every 15 minutes');
  });

  it('either being late says nothing of now where nothing is open', () => {
    expect(words('ended', [looked('fresh', { states: 'ended' }), looked('late')])).toContain('when last checked, 19 Nov 2026');
    expect(words('none', [looked('fresh'), looked('late')])).toContain('Not checked: not heard from since 19 Nov 2026');
  });
});
