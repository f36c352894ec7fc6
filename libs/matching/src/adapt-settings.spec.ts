import * as fc from 'fast-check';
import { adaptSettings } from './adapt-settings.js';
import { DEFAULT_MODEL } from './default-model.js';
import { COMPARISON_NAMES, COMPARISONS, type Comparison } from './levels.js';
import { loadMatchModel, type MatchSettings } from './match-model.js';

const levelsOf = (name: Comparison) => Object.keys(COMPARISONS[name].levels);
const weightsOf = (settings: MatchSettings) => loadMatchModel(adaptSettings(settings).settings).weights;
/** The built-in model as an analyst may have trained it: each level of some other weight. */
const trained = (odds: readonly number[]): MatchSettings => ({
  ...DEFAULT_MODEL,
  model_version: 'trained',
  comparisons: DEFAULT_MODEL.comparisons.map((one, at) => ({
    ...one,
    comparison_levels: one.comparison_levels.map((level, place) => ({ ...level, u_probability: 0.01, m_probability: odds[(at * 7 + place) % odds.length] })),
  })),
}); // prettier-ignore
const without = (settings: MatchSettings, gone: (name: string, level: string) => boolean): MatchSettings => ({
  ...settings,
  comparisons: settings.comparisons
    .map((one) => ({
      ...one,
      comparison_levels: one.comparison_levels.filter(({ label_for_charts: label }) => !gone(one.output_column_name, label)),
    }))
    .filter(({ comparison_levels: levels }) => levels.length > 0),
});
const withLevel = (name: string, label: string, m: number): MatchSettings => ({
  ...DEFAULT_MODEL,
  comparisons: DEFAULT_MODEL.comparisons.map((one) =>
    one.output_column_name === name
      ? { ...one, comparison_levels: [{ label_for_charts: label, m_probability: m, u_probability: 0.0000001 }, ...one.comparison_levels] }
      : one,
  ),
});

describe('Settings that were approved under another version', () => {
  it('are the very same where they lack nothing, so that their model keeps its name', () => {
    expect(adaptSettings(DEFAULT_MODEL)).toEqual({ settings: DEFAULT_MODEL, adapted: [] });
    expect(adaptSettings(DEFAULT_MODEL).settings).toBe(DEFAULT_MODEL);
  });

  it('can be used whatever they lack, and no pair weighs more than by any level it may have come out at before', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.0001, max: 1, noNaN: true }), { minLength: 5, maxLength: 40 }), fc.infiniteStream(fc.boolean()), (odds, gone) => {
        const whole = trained(odds);
        const lacking = without(whole, () => gone.next().value as boolean);
        const kept = new Map(lacking.comparisons.map((one) => [one.output_column_name, one.comparison_levels.map(({ label_for_charts: label }) => label)]));
        const [before, after] = [loadMatchModel(whole).weights, weightsOf(lacking)];
        for (const name of COMPARISON_NAMES) {
          const [ours, stated] = [levelsOf(name), kept.get(name)];
          for (const level of ours) {
            const weight = after[name].get(level)!;
            if (!stated) expect(weight).toBe(0);
            else if (stated.includes(level)) expect(weight).toBe(before[name].get(level));
            else {
              for (const one of stated) expect(weight).toBeLessThanOrEqual(before[name].get(one)!);
              expect(weight).toBeLessThanOrEqual(loadMatchModel(DEFAULT_MODEL).weights[name].get(level)!);
            }
          }
        }
      }),
    ); // prettier-ignore
  });

  it('join nobody by what a version before took for a difference: two slips in a date, a nickname, a part of a name', () => {
    const { weights } = loadMatchModel(DEFAULT_MODEL);
    for (const [name, level] of [
      ['date_of_birth', 'swap'],
      ['given_name', 'nickname'],
      ['family_name', 'part'],
    ] as const) {
      const read = weightsOf(without(DEFAULT_MODEL, (one, label) => one === name && label === level));
      expect(weights[name].get(level)).toBeGreaterThan(0);
      expect(read[name].get(level)).toBe(weights[name].get('different'));
    }
  });

  it('say what was read otherwise', () => {
    const lacking = without(DEFAULT_MODEL, (name, level) => name === 'upn' || (name === 'date_of_birth' && level === 'near'));
    expect(adaptSettings(lacking).adapted).toEqual([
      'comparisons.date_of_birth.near: is lacking, and weighs -5.6 bits',
      'comparisons.upn: is lacking, and weighs nothing',
    ]);
  });

  it('may have a level that is unknown here, where leaving it out makes no pair heavier', () => {
    expect(weightsOf(withLevel('family_name', 'same and rare', 0.9)).family_name.has('same and rare')).toBe(false);
    expect(() => weightsOf(withLevel('family_name', 'same and common', 0.0000002))).toThrow(
      'comparisons.family_name.same and common: should be one of',
    );
    const more = [...DEFAULT_MODEL.comparisons, { output_column_name: 'phone', comparison_levels: [] }];
    expect(() => weightsOf({ ...DEFAULT_MODEL, comparisons: more })).toThrow('comparisons.phone: should be one of');
  });
});
