import { DEFAULT_MODEL } from './default-model.js';
import { loadMatchModel } from './match-model.js';

describe('A match model', () => {
  it('is frozen into whole milli-bits of log2(m / u)', () => {
    const model = loadMatchModel(DEFAULT_MODEL);
    expect(model.weights.gender.get('same')).toBe(Math.round(Math.log2(0.98 / 0.5) * 1000));
    for (const weights of Object.values(model.weights)) for (const weight of weights.values()) expect(Number.isInteger(weight)).toBe(true);
  });

  it('gives each comparison shares that sum to one', () => {
    for (const { comparison_levels: levels, output_column_name: name } of DEFAULT_MODEL.comparisons)
      for (const share of ['m_probability', 'u_probability'] as const)
        expect([name, levels.reduce((sum, level) => sum + (level[share] ?? 0), 0)]).toEqual([name, expect.closeTo(1, 9)]);
  });

  it('names every wrong field at once', () => {
    const settings = structuredClone(DEFAULT_MODEL);
    settings.probability_two_random_records_match = 2;
    settings.comparisons = settings.comparisons.filter(({ output_column_name: name }) => name !== 'upn');
    settings.zones = { ...settings.zones, review: 9 };
    expect(() => loadMatchModel(settings)).toThrow(
      /probability_two_random_records_match[^]*comparisons\.upn\.same: is missing[^]*zones: should have join and review/,
    );
  });

  it('lets a rare value weigh more than a common one', () => {
    const settings = structuredClone(DEFAULT_MODEL);
    settings.comparisons = settings.comparisons.map((comparison) => ({
      ...comparison,
      comparison_levels: comparison.comparison_levels.map((level) =>
        level.label_for_charts === 'same' ? { ...level, tf_adjustment_column: comparison.output_column_name } : level,
      ),
    }));
    settings.term_frequencies = { family_name: { smith: 0.012, quill: 0.0001 } };
    const { rarity } = loadMatchModel(settings);
    expect(rarity.family_name?.terms.get('smith')).toBe(Math.round(Math.log2(0.003 / 0.012) * 1000));
    expect(rarity.family_name?.terms.get('quill')).toBe(Math.round(Math.log2(0.003 / 0.0001) * 1000));
  });
});
