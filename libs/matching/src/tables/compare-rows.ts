import { type Rarity, weightOf } from '../weights.js';
import type { Row } from './condition.js';
import type { TableComparison, TableModel } from './table-model.js';

export interface RowsCompared {
  /** Whole micro-bits: the prior and all parts. */
  weight: number;
  parts: readonly { comparison: string; level: string; weight: number }[];
}

/** The place of the level two rows come out at in a comparison; null where a value is missing. */
export function levelOf({ name, levels }: TableComparison, l: Row, r: Row): number | null {
  const place = levels.findIndex(({ holds }) => holds(l, r) === true);
  if (place < 0) throw new Error(`comparisons.${name}: no level holds; the last should be ELSE`);
  return levels[place]?.missing ? null : place;
}

/** What two rows say about being one, as Splink scores them. */
export function compareRows(l: Row, r: Row, model: TableModel): RowsCompared {
  const parts = model.comparisons.map((comparison) => {
    const place = levelOf(comparison, l, r);
    const level = place === null ? 'missing' : (comparison.levels[place]?.label ?? '');
    const term = place === null ? null : termOf(model.rarity[comparison.name], l, r);
    return {
      comparison: comparison.name,
      level,
      weight: place === null ? 0 : weightOf<string>(model, comparison.name, level, term),
    };
  });
  return { weight: parts.reduce((sum, { weight }) => sum + weight, model.prior), parts };
}

/** The value whose rarity counts; of two the more common one. */
function termOf(rarity: Rarity | undefined, l: Row, r: Row): string | null {
  if (!rarity) return null;
  const [one, other] = [l[rarity.column] ?? null, r[rarity.column] ?? null];
  if (one === null || other === null) return one ?? other;
  return (rarity.terms.get(one) ?? 0) <= (rarity.terms.get(other) ?? 0) ? one : other;
}
