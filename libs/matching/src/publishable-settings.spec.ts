import * as fc from 'fast-check';
import { comparableOf } from './comparable.js';
import { comparePair } from './compare-pair.js';
import { DEFAULT_MODEL } from './default-model.js';
import { loadMatchModel, type MatchSettings } from './match-model.js';
import { publishableSettings, publishableWithoutRare } from './publishable-settings.js';

const PEOPLE = 100_000;
/** As Splink may have saved it: with conditions, columns and frequencies that nothing here reads. */
const SAVED = {
  ...DEFAULT_MODEL,
  linker_uid: 'robins-laptop',
  blocking_rules_to_generate_predictions: ['l.surname = r.surname'],
  comparisons: DEFAULT_MODEL.comparisons.map((one) => ({
    ...one,
    comparison_description: 'Exact match vs. Quilliam',
    comparison_levels: [
      { label_for_charts: 'surname is Quilliam', is_null_level: true },
      ...one.comparison_levels.map((level) => ({
        ...level,
        sql_condition: `"surname_l" = 'quilliam'`,
        ...(level.label_for_charts === 'same' ? { tf_adjustment_column: one.output_column_name, tf_adjustment_weight: 0.5 } : {}),
      })),
    ],
  })),
  term_frequencies: { family_name: { smith: 0.012, jones: 0.007 }, given_name: { siân: 0.004 }, nhs_number: { '9434765919': 0.00001 }, postcode: {} },
} satisfies MatchSettings & Record<string, unknown>; // prettier-ignore
const withFrequencies = (family_name: Record<string, number>): MatchSettings => ({ ...SAVED, term_frequencies: { family_name } });

describe('What of settings goes into the log that is kept for ever', () => {
  it('is what decisions depend on, and nothing else that stood in the file', () => {
    const published = publishableSettings(SAVED, PEOPLE);
    expect(JSON.stringify(published)).not.toMatch(/uilliam|laptop|surname|9434765919|nhs_number":\{|sql_condition|is_null_level/);
    expect(published.term_frequencies).toEqual({ family_name: { smith: 0.012, jones: 0.007 }, given_name: { siân: 0.004 } });
  });

  it('is the built-in model word for word, which so keeps its name', () => {
    expect(JSON.stringify(publishableSettings(DEFAULT_MODEL, 0))).toBe(JSON.stringify(DEFAULT_MODEL));
  });

  it('makes a model that decides the same', () => {
    const [saved, published] = [loadMatchModel(SAVED), loadMatchModel(publishableSettings(SAVED, PEOPLE))];
    const person = fc.record({
      family: fc.constantFrom('Smith', 'Smyth', 'Jones', 'Quilliam'),
      given: fc.constantFrom('Siân', 'Sian', 'Owen'),
      date: fc.constantFrom('1990-02-03', '1990-03-02', '1971-01-01'),
      value: fc.constantFrom('9434765919', '4010232137'),
    });
    const comparable = (subject: string, { family, given, date, value }: Record<'family' | 'given' | 'date' | 'value', string>) =>
      comparableOf({
        subject,
        names: [{ family, given: [given] }],
        dateOfBirth: { date },
        addresses: [],
        identifiers: [{ type: 'nhs', value }],
      });
    fc.assert(
      fc.property(person, person, (one, other) => {
        const [a, b] = [comparable('a', one), comparable('b', other)];
        expect(comparePair(a, b, published)).toEqual(comparePair(a, b, saved));
      }),
    ); // prettier-ignore
  });

  it('holds no value that points at few people; what is refused is told without it', () => {
    const refused = () => publishableSettings(withFrequencies({ smith: 0.012, quilliam: 0.00099, zbroek: 0.0001 }), PEOPLE);
    expect(refused).toThrow(/^They would[^]*term_frequencies\.family_name: 2 of 3 values have a share below 0\.0010, which is fewer than 100 of the 100000 people/);
    expect(refused).not.toThrow(/quilliam|zbroek/);
    expect(() => publishableSettings(withFrequencies({ smith: 0.012, quilliam: 0.001 }), PEOPLE)).not.toThrow();
    expect(() => publishableSettings(withFrequencies({ smith: 0.5 }), 150)).toThrow('fewer than 100 of the 150');
  }); // prettier-ignore

  it('of a model that decided before is what many people share, and how many values were left out is told', () => {
    const stated = {
      ...SAVED,
      term_frequencies: { family_name: { smith: 0.012, quilliam: 0.00099, zbroek: 0.0001 }, nhs_number: { '9434765919': 0.00001 } },
    };
    const { settings, leftOut } = publishableWithoutRare(stated, PEOPLE);
    expect([settings.term_frequencies, leftOut]).toEqual([{ family_name: { smith: 0.012 } }, 2]);
    expect(publishableWithoutRare(SAVED, PEOPLE)).toEqual({ settings: publishableSettings(SAVED, PEOPLE), leftOut: 0 });
    expect(JSON.stringify(publishableWithoutRare(DEFAULT_MODEL, PEOPLE).settings)).toBe(JSON.stringify(DEFAULT_MODEL));
  });

  it('names the model by a word, not by a sentence', () => {
    expect(() => publishableSettings({ ...DEFAULT_MODEL, model_version: 'after the case of Siân Quilliam' }, PEOPLE)).toThrow('model_version: should be');
  }); // prettier-ignore
});
