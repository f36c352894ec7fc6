/**
 * Weights as Splink 4 states them: comparisons with levels, m and u, and term frequencies. A level's `sql_condition` says when it holds
 * for a data set (`loadTableModel`); for our own records `label_for_charts` names the level.
 */
export interface WeightSettings {
  probability_two_random_records_match: number;
  comparisons: readonly {
    output_column_name: string;
    comparison_levels: readonly {
      label_for_charts: string;
      sql_condition?: string;
      is_null_level?: boolean;
      m_probability?: number;
      u_probability?: number;
      tf_adjustment_column?: string;
      tf_adjustment_weight?: number;
    }[];
  }[];
  /** Share of records that have a value, by column: rare values weigh more at the level that names the column. */
  term_frequencies?: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** What one level adds for a value beside its usual weight. */
export interface Rarity {
  level: string;
  column: string;
  terms: ReadonlyMap<string, number>;
}

/** Weights frozen into whole numbers: log2(m / u) of each level of each comparison, and the prior odds. */
export interface Weights<Name extends string = string> {
  prior: number;
  weights: Readonly<Record<Name, ReadonlyMap<string, number>>>;
  rarity: Readonly<Partial<Record<Name, Rarity>>>;
}

export const MILLI_BITS = 1000;

/** Freezes weights, as many units to a bit as `perBit` says. What is missing or wrong, and what it should be, is added to `faults`. */
export function loadWeights(settings: WeightSettings, faults: string[], perBit: number): Weights {
  const weights: Record<string, Map<string, number>> = {};
  const rarity: Record<string, Rarity> = {};
  const unitsOf = (odds: number) => Math.round(Math.log2(odds) * perBit);
  const listed: WeightSettings['comparisons'] = Array.isArray(settings.comparisons) ? settings.comparisons : [];
  if (listed !== settings.comparisons) faults.push('comparisons: should be a list');
  for (const { output_column_name: name, comparison_levels: levels } of listed) {
    if (weights[name]) faults.push(`comparisons.${name}: stands twice`);
    const ofLevels = (weights[name] = new Map<string, number>());
    for (const level of (levels ?? []).filter(({ is_null_level: missing }) => !missing)) {
      const { m_probability: m, u_probability: u, label_for_charts: label, tf_adjustment_column: column } = level;
      const at = `comparisons.${name}.${label}`;
      if (ofLevels.has(label)) faults.push(`${at}: stands twice`);
      if (!isShare(m)) faults.push(`${at}.m_probability: should be above 0 and at most 1`);
      if (!isShare(u)) faults.push(`${at}.u_probability: should be above 0 and at most 1`);
      if (!isShare(m) || !isShare(u)) continue;
      ofLevels.set(label, unitsOf(m / u));
      if (!column) continue;
      if (rarity[name]) faults.push(`${at}.tf_adjustment_column: stands at two levels`);
      const shares = Object.entries(settings.term_frequencies?.[column] ?? {});
      if (!shares.every(([, share]) => isShare(share)))
        faults.push(`term_frequencies.${column}: every share should be above 0 and at most 1`);
      const factor = level.tf_adjustment_weight ?? 1;
      const terms = shares.map(([term, share]): [string, number] => [term, Math.round(Math.log2(u / share) * factor * perBit)]);
      rarity[name] = { level: label, column, terms: new Map(terms) };
    }
  }
  const prior = settings.probability_two_random_records_match;
  if (!isShare(prior) || prior === 1) faults.push('probability_two_random_records_match: should be between 0 and 1');
  return { prior: unitsOf(prior / (1 - prior)), weights, rarity };
}

const NO_WEIGHTS: ReadonlyMap<string, number> = new Map();

/** What one comparison adds at a level; `term` is the value that agrees, where its rarity may count. */
export function weightOf<Name extends string>(model: Weights<Name>, comparison: Name, level: string, term: string | null): number {
  const rare = model.rarity[comparison];
  const more = term !== null && rare?.level === level ? (rare.terms.get(term) ?? 0) : 0;
  return ((model.weights[comparison] ?? NO_WEIGHTS).get(level) ?? 0) + more;
}

const isShare = (value: unknown): value is number => typeof value === 'number' && value > 0 && value <= 1;
