import { comparableOf } from './comparable.js';
import { DEFAULT_MODEL } from './default-model.js';
import { loadMatchModel } from './match-model.js';
import { learnablePairs, trainRecords } from './train-records.js';

const GIVEN = ['Maya', 'Oliver', 'Aisha', 'Piotr', 'Chidi', 'Grace'];
const FAMILY = ['Brennan', 'Okafor', 'Kowalska', 'Hussain', 'Quill'];
const NUMBERS = ['9434765919', '9876543210', '4010232137'];

/** Households of two, each of whom two systems know; every fifth of the second system's records lacks the number, every seventh has another postcode. */
const records = Array.from({ length: 240 }, (_, place) => {
  const person = Math.floor(place / 2);
  const second = place % 2 === 1;
  return comparableOf({
    subject: String(place).padStart(3, '0'),
    names: [{ family: FAMILY[Math.floor(person / 2) % 5] ?? null, given: [GIVEN[person % 6] ?? ''] }],
    dateOfBirth: { date: `${1980 + (person % 40)}-0${1 + (person % 9)}-1${person % 7}` },
    gender: person % 2 === 0 ? 'female' : 'male',
    addresses: [{ postcode: second && person % 7 === 0 ? 'M1 1AE' : `LS${1 + (Math.floor(person / 2) % 9)} ${person % 9}AP` }],
    identifiers: person < 3 && !(second && person % 5 === 4) ? [{ type: 'nhs', value: NUMBERS[person] ?? '' }] : [],
  });
});

describe('Weights learnt from records', () => {
  const trained = trainRecords(records, DEFAULT_MODEL);
  const levelOf = (settings: typeof DEFAULT_MODEL, comparison: string, label: string) =>
    settings.comparisons
      .find(({ output_column_name: name }) => name === comparison)
      ?.comparison_levels.find(({ label_for_charts: level }) => level === label);

  it('are a model that can be loaded, with shares that sum to one', () => {
    expect(() => loadMatchModel(trained)).not.toThrow();
    for (const { comparison_levels: levels } of trained.comparisons)
      for (const share of ['m_probability', 'u_probability'] as const)
        expect(levels.reduce((sum, level) => sum + (level[share] ?? 0), 0)).toBeCloseTo(1, 6);
  });

  it('say how usual a chance agreement is among these records', () => {
    // Five family names, shared evenly: one pair in five agrees, where the settings expect three in a thousand.
    expect(levelOf(trained, 'family_name', 'same')?.u_probability).toBeCloseTo(0.2, 1);
  });

  it('stay as they were where the records say nothing: what a number weighs by chance, and a level that never came', () => {
    const { u_probability: u } = levelOf(trained, 'nhs_number', 'same') ?? {};
    expect(u).toBe(levelOf(DEFAULT_MODEL, 'nhs_number', 'same')?.u_probability);
    const odds = (settings: typeof DEFAULT_MODEL, ...of: [string, string]) => {
      const level = levelOf(settings, ...of);
      return (level?.m_probability ?? 0) / (level?.u_probability ?? 1);
    };
    expect(odds(trained, 'upn', 'different')).toBeCloseTo(odds(DEFAULT_MODEL, 'upn', 'different'), 6);
    expect(odds(trained, 'date_of_birth', 'month')).toBeCloseTo(odds(DEFAULT_MODEL, 'date_of_birth', 'month'), 1);
  });

  it('are the same again, and in any order of the records nearly so', () => {
    expect(trainRecords(records, DEFAULT_MODEL)).toEqual(trained);
    const turned = trainRecords(records.toReversed(), DEFAULT_MODEL);
    expect(levelOf(turned, 'date_of_birth', 'same')?.m_probability).toBeCloseTo(
      levelOf(trained, 'date_of_birth', 'same')?.m_probability ?? 0,
      3,
    );
  });

  it('are learnt from pairs of one number and of one name and birth date, but for a number that a system fills in', () => {
    const numbered = (count: number) =>
      Array.from({ length: count }, (_, place) =>
        comparableOf({ subject: String(place), names: [], addresses: [], identifiers: [{ type: 'nhs', value: '9434765919' }] }),
      );
    expect(learnablePairs(numbered(200))).toEqual({ ofOneNumber: 19_900, ofOneNameAndBirth: 0 });
    expect(learnablePairs(numbered(201))).toEqual({ ofOneNumber: 0, ofOneNameAndBirth: 0 });
  });
});
