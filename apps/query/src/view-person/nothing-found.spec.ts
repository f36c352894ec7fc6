import { FACTS, FEWER_OPEN, FEWER_RECORDS, looked, NOW, situation } from '../../../../test/support/service-situations.js';
import { type Looked, type Situation, serviceStateOf } from './service-state.js';

describe('"Checked, nothing found"', () => {
  const nothing = (source: Looked, changed: Partial<Situation> = {}) => serviceStateOf(situation('housing', 34, 'none', [source], changed));

  it('is said of a source that is fresh, complete and matched, and has nobody else like this person', () => {
    expect(nothing(looked('fresh')).kind).toBe('nothing-found');
  });

  it.each([
    ['too-few-details', looked('fresh'), { wellIdentified: false }],
    ['wrong-match-awaiting-review', looked('late', { possibleMatch: 'closely' }), { wrongMatch: true }],
    ['match-awaiting-review', looked('fresh', { possibleMatch: 'closely' }), {}],
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
