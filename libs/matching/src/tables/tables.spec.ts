import { blockRows } from './block-rows.js';
import { compareRows } from './compare-rows.js';
import { conditionOf, type Row } from './condition.js';
import { damerauLevenshtein, levenshtein } from './edits.js';
import { readRows } from './read-rows.js';
import { parseSql } from './sql.js';
import { loadTableModel, type TableSettings } from './table-model.js';
import { trainTable } from './train-table.js';

const holds = (text: string, l: Row, r: Row) => conditionOf(parseSql(text))(l, r);
const different = { sql_condition: 'ELSE', label_for_charts: 'different', m_probability: 0.1, u_probability: 0.9 };
const settings: TableSettings = {
  unique_id_column_name: 'id',
  probability_two_random_records_match: 0.5,
  comparisons: [
    {
      output_column_name: 'name',
      comparison_levels: [
        { sql_condition: '"name_l" IS NULL OR "name_r" IS NULL', label_for_charts: 'missing', is_null_level: true },
        {
          sql_condition: '"name_l" = "name_r"',
          label_for_charts: 'same',
          m_probability: 0.9,
          u_probability: 0.1,
          tf_adjustment_column: 'name',
        },
        different,
      ],
    },
  ],
  term_frequencies: { name: { ann: 0.2, zoë: 0.025 } },
  blocking_rules_to_generate_predictions: [
    'l."name" = r."name"',
    { blocking_rule: 'substr(l.born, 1, 4) = substr(r.born, 1, 4) AND l.place = r.place' },
  ],
};

describe('A condition of a settings file', () => {
  it.each<[string, Row, Row, unknown]>([
    [`"a_l" = 'it''s' AND b_r <> 'x'`, { a: "it's" }, { b: 'y' }, true],
    ['"a_l" = "a_r" OR NOT ("b_l" = "b_r")', { a: '1', b: '2' }, { a: '2', b: '2' }, false],
    ['"a_l" IS NULL OR "a_r" IS NULL', { a: null }, { a: '1' }, true],
    ['"a_l" IS NOT NULL', { a: null }, {}, false],
    ['jaro_winkler_similarity("a_l", "a_r") >= 0.96', { a: 'martha' }, { a: 'marhta' }, true],
    ['damerau_levenshtein("a_l", "a_r") <= 1', { a: 'ab' }, { a: 'ba' }, true],
    [
      `ABS(EPOCH(try_strptime("a_l", '%Y-%m-%d')) - EPOCH(try_strptime("a_r", '%Y-%m-%d'))) <= 86400`,
      { a: '2015-02-28' },
      { a: '2015-03-01' },
      true,
    ],
    [`try_strptime("a_l", '%Y-%m-%d') IS NULL`, { a: '2015-02-30' }, {}, true],
    ['ELSE', {}, {}, true],
  ])('%s', (text, l, r, expected) => {
    expect(holds(text, l, r)).toBe(expected);
  });

  it('is not known where a value is missing, unless the rest settles it', () => {
    expect(holds('"a_l" = "a_r"', { a: null }, { a: '1' })).toBeNull();
    expect(holds(`"a_l" = "a_r" OR "b_l" = 'x'`, { a: null, b: 'x' }, {})).toBe(true);
    expect(holds(`"a_l" = "a_r" AND "b_l" = 'x'`, { a: null, b: 'y' }, {})).toBe(false);
  });

  it.each([
    ['"a_l" = ', /A value is expected, not the end/],
    ['"a" = "b"', /a should end in _l or _r/],
    ['"a_l" = "a_r"; DROP TABLE x', /Not understood from ; DROP/],
    ['pg_sleep("a_l") = 1', /pg_sleep is not one of/],
  ])('that says more than it may is refused: %s', (text, why) => {
    expect(() => holds(text, {}, {})).toThrow(why);
  });
});

describe('Edits', () => {
  it('count letters, and an exchange of letters as one, also around another letter', () => {
    expect(levenshtein('kitten', 'sitting')).toBe(3);
    expect([levenshtein('ab', 'ba'), damerauLevenshtein('ab', 'ba')]).toEqual([2, 1]);
    expect(damerauLevenshtein('niok a', 'nioak')).toBe(2);
    expect(damerauLevenshtein('', 'abc')).toBe(3);
  });
});

describe('Records of a data set', () => {
  it('weigh more where they share a rarer value, and nothing where it is missing', () => {
    const model = loadTableModel(settings);
    const weigh = (l: Row, r: Row) => compareRows(l, r, model).weight;
    expect(weigh({ name: 'ann' }, { name: 'ann' })).toBe(Math.round(Math.log2(0.9 / 0.2) * 1e6));
    expect(weigh({ name: 'zoë' }, { name: 'zoë' })).toBe(Math.round(Math.log2(0.9 / 0.025) * 1e6));
    expect(weigh({ name: 'ann' }, { name: null })).toBe(0);
  });

  it('are compared where a blocking rule holds, each pair once', () => {
    const rows = readRows(
      'name, born, place\nann, 2015-01-01, leeds\nann, 2015-03-03, leeds\nbob, 2015-02-02, leeds\n, 2014-02-02, leeds\n',
    );
    expect(rows[3]?.name).toBeNull();
    expect(blockRows(rows, loadTableModel(settings).blocking)).toEqual([[0, 1], [0, 2], [1, 2]]); // prettier-ignore
  });

  it('are refused a model with anything missing or wrong, all at once', () => {
    const broken: TableSettings = {
      ...settings,
      comparisons: [
        { output_column_name: 'name', comparison_levels: [{ label_for_charts: 'same', sql_condition: 'name = 1', m_probability: 2 }] },
      ],
      blocking_rules_to_generate_predictions: ['l.name = r.name OR l.a = r.a'],
    };
    expect(() => loadTableModel(broken)).toThrow(/m_probability[^]*u_probability[^]*name should end in _l or _r[^]*joined by AND/);
  });

  it('teach what agreement is worth, whatever weights stood in the settings', () => {
    const rows = Array.from({ length: 120 }, (_, place): Row => {
      const person = Math.floor(place / 2);
      const slip = place % 10 === 1;
      return {
        id: String(place),
        name: slip ? `x${place}` : `n${person}`,
        born: `20${10 + (person % 10)}-0${1 + (person % 9)}-01`,
        place: `p${person % 17}`,
      };
    });
    const compared = (column: string) => ({
      output_column_name: column,
      comparison_levels: [
        { sql_condition: `"${column}_l" = "${column}_r"`, label_for_charts: 'same', m_probability: 0.001, u_probability: 0.999 },
        different,
      ],
    });
    const trained = trainTable(rows, { ...settings, comparisons: ['name', 'born', 'place'].map(compared) });
    const [same] = trained.comparisons[0]?.comparison_levels ?? [];
    expect(same?.m_probability).toBeCloseTo(0.8, 1);
    expect(same?.u_probability).toBeLessThan(0.001);
    expect(trained.probability_two_random_records_match).toBeCloseTo(60 / 7140, 3);
  });
});
