import { type PlacePair, randomPairs } from '../random-pairs.js';
import { patternsOf, train } from '../train.js';
import { blockRows } from './block-rows.js';
import { levelOf } from './compare-rows.js';
import type { Row } from './condition.js';
import { loadTableModel, type TableSettings } from './table-model.js';

/** Pairs that are looked at beside those of blocking, to learn what chance does. */
const RANDOM_PAIRS = 100_000;

/** The settings with m, u, prior and term frequencies learnt from the rows alone: no label is looked at. The same rows give the same model. */
export function trainTable(rows: readonly Row[], settings: TableSettings): TableSettings {
  const { comparisons, blocking } = loadTableModel(settings, { untrained: true });
  // The places of a comparison's levels, without the ones for missing values.
  const used = comparisons.map(({ levels }) => levels.flatMap(({ missing }, place) => (missing ? [] : [place])));
  const compared = blockRows(rows, blocking);
  const others = [...randomPairs(rows.length, RANDOM_PAIRS, compared)];
  const all = (rows.length * (rows.length - 1)) / 2;
  const levelsOf = ([one, other]: PlacePair) =>
    comparisons.map((comparison, at) => {
      const place = levelOf(comparison, rows[one] as Row, rows[other] as Row);
      return place === null ? null : (used[at]?.indexOf(place) ?? null);
    });
  const pairs = [...patternsOf(compared, levelsOf, 1), ...patternsOf(others, levelsOf, (all - compared.length) / others.length)];
  const sizes = used.map((places) => places.length);
  const { prior, m, u } = train(sizes, pairs, rows.length);
  const columns = new Set(
    settings.comparisons.flatMap(({ comparison_levels: levels }) => levels.flatMap((level) => level.tf_adjustment_column ?? [])),
  );
  return {
    ...settings,
    probability_two_random_records_match: rounded(prior),
    comparisons: settings.comparisons.map((comparison, at) => ({
      ...comparison,
      comparison_levels: comparison.comparison_levels.map((level, place) => {
        const learnt = used[at]?.indexOf(place) ?? -1;
        return learnt < 0 ? level : { ...level, m_probability: rounded(m[at]?.[learnt]), u_probability: rounded(u[at]?.[learnt]) };
      }),
    })),
    term_frequencies: Object.fromEntries([...columns].sort().map((column) => [column, frequenciesOf(rows, column)])),
  };
}

function frequenciesOf(rows: readonly Row[], column: string): Record<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const value = row[column] ?? null;
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return Object.fromEntries([...counts.keys()].sort().map((value) => [value, rounded((counts.get(value) ?? 0) / total)]));
}

/** Six digits say more than the rows can. */
const rounded = (share = 0) => Number(share.toPrecision(6));
