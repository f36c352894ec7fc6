import { COMPARISON_NAMES, COMPARISONS, type Comparison } from './levels.js';

/**
 * Weights as Splink 4 states them (`comparisons` with levels, m and u), and our own `zones`. `label_for_charts` names a level of
 * `COMPARISONS`; a level's `sql_condition` is for Splink and not run here. Thresholds are in bits, over the prior.
 */
export interface MatchSettings {
  model_version: string;
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
  /** Share of records that have a value, by comparison: rare values weigh more at the level `same`. */
  term_frequencies?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  zones: { join: number; review: number; sensitive: { join: number; review: number } };
  largest_component: number;
}

export interface Zones {
  join: number;
  review: number;
}

/** A model frozen into integers: all weights in milli-bits. */
export interface MatchModel {
  version: string;
  prior: number;
  weights: Readonly<Record<Comparison, ReadonlyMap<string, number>>>;
  /** What the level `same` adds for one value beside its usual weight. */
  rarity: Readonly<Partial<Record<Comparison, ReadonlyMap<string, number>>>>;
  usual: Zones;
  sensitive: Zones;
  largestComponent: number;
}

/** Freezes settings. Throws an error that lists every field that is missing or wrong, and what it should be. */
export function loadMatchModel(settings: MatchSettings): MatchModel {
  const faults: string[] = [];
  const weights = {} as Record<Comparison, Map<string, number>>;
  const rarity: Partial<Record<Comparison, Map<string, number>>> = {};
  for (const name of COMPARISON_NAMES) weights[name] = new Map();
  const listed: MatchSettings['comparisons'] = Array.isArray(settings.comparisons) ? settings.comparisons : [];
  if (listed !== settings.comparisons) faults.push('comparisons: should be a list');
  for (const [place, { output_column_name: name, comparison_levels: levels }] of listed.entries()) {
    if (!isComparison(name)) {
      faults.push(`comparisons[${place}].output_column_name: should be one of ${COMPARISON_NAMES.join(', ')}`);
      continue;
    }
    for (const level of (levels ?? []).filter(({ is_null_level: missing }) => !missing)) {
      const at = `comparisons.${name}.${level.label_for_charts}`;
      const { m_probability: m, u_probability: u, label_for_charts: label } = level;
      if (!(label in COMPARISONS[name].levels)) faults.push(`${at}: should be one of ${Object.keys(COMPARISONS[name].levels).join(', ')}`);
      else if (weights[name].has(label)) faults.push(`${at}: stands twice`);
      if (!isShare(m)) faults.push(`${at}.m_probability: should be above 0 and at most 1`);
      if (!isShare(u)) faults.push(`${at}.u_probability: should be above 0 and at most 1`);
      if (!isShare(m) || !isShare(u)) continue;
      weights[name].set(label, milliBits(m / u));
      if (level.tf_adjustment_column && label === 'same') {
        const terms = settings.term_frequencies?.[name] ?? {};
        for (const share of Object.values(terms))
          if (!isShare(share)) faults.push(`term_frequencies.${name}: every share should be above 0 and at most 1`);
        const factor = level.tf_adjustment_weight ?? 1;
        rarity[name] = new Map(Object.entries(terms).map(([term, share]) => [term, Math.round(Math.log2(u / share) * factor * 1000)]));
      }
    }
  }
  for (const name of COMPARISON_NAMES)
    for (const level of Object.keys(COMPARISONS[name].levels))
      if (!weights[name].has(level)) faults.push(`comparisons.${name}.${level}: is missing`);
  const prior = settings.probability_two_random_records_match;
  if (!isShare(prior) || prior === 1) faults.push('probability_two_random_records_match: should be between 0 and 1');
  if (!settings.model_version) faults.push('model_version: should name the model');
  if (!Number.isInteger(settings.largest_component) || settings.largest_component < 2)
    faults.push('largest_component: should be a whole number of at least 2');
  const usual = zonesOf('zones', settings.zones, faults);
  const sensitive = zonesOf('zones.sensitive', settings.zones?.sensitive, faults);
  if (sensitive.join < usual.join || sensitive.review < usual.review) faults.push('zones.sensitive: should not ask for less than zones');
  if (faults.length > 0) throw new Error(`The match model can't be used:\n${faults.join('\n')}`);
  const version = settings.model_version;
  return {
    version,
    prior: milliBits(prior / (1 - prior)),
    weights,
    rarity,
    usual,
    sensitive,
    largestComponent: settings.largest_component,
  };
}

function zonesOf(at: string, zones: { join: number; review: number } | undefined, faults: string[]): Zones {
  if (!zones || !Number.isFinite(zones.join) || !Number.isFinite(zones.review) || zones.review >= zones.join) {
    faults.push(`${at}: should have join and review in bits, review below join`);
    return { join: 0, review: 0 };
  }
  return { join: Math.round(zones.join * 1000), review: Math.round(zones.review * 1000) };
}

const isComparison = (name: string): name is Comparison => name in COMPARISONS;
const isShare = (value: unknown): value is number => typeof value === 'number' && value > 0 && value <= 1;
const milliBits = (odds: number) => Math.round(Math.log2(odds) * 1000);
