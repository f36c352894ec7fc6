import { COMPARISON_NAMES, COMPARISONS, type Comparison } from './levels.js';
import { loadWeights, MILLI_BITS, type Weights, type WeightSettings } from './weights.js';

/**
 * Weights of the comparisons and levels of `COMPARISONS`, and our own `zones`. A level is named by `label_for_charts`; its
 * `sql_condition` is for Splink and not run here. Thresholds are in bits, over the prior.
 */
export interface MatchSettings extends WeightSettings {
  model_version: string;
  zones: { join: number; review: number; sensitive: { join: number; review: number } };
  largest_component: number;
}

export interface Zones {
  join: number;
  review: number;
}

/** A model frozen into integers: all weights in milli-bits. */
export interface MatchModel extends Weights<Comparison> {
  version: string;
  usual: Zones;
  sensitive: Zones;
  largestComponent: number;
}

/** Settings that no model can be made of: the text lists every field that is missing or wrong, and what it should be. */
class MatchModelError extends Error {
  readonly code = 'match-model-unusable';
  readonly retriable = false;
  override readonly name = 'MatchModelError';
}

/** Freezes settings. @throws MatchModelError */
export function loadMatchModel(settings: MatchSettings): MatchModel {
  const faults: string[] = [];
  const { prior, weights, rarity } = loadWeights(settings, faults, MILLI_BITS);
  for (const [name, levels] of Object.entries(weights)) {
    if (!isComparison(name)) faults.push(`comparisons.${name}: should be one of ${COMPARISON_NAMES.join(', ')}`);
    else
      for (const level of levels.keys())
        if (!(level in COMPARISONS[name].levels))
          faults.push(`comparisons.${name}.${level}: should be one of ${Object.keys(COMPARISONS[name].levels).join(', ')}`);
  }
  for (const name of COMPARISON_NAMES)
    for (const level of Object.keys(COMPARISONS[name].levels))
      if (!weights[name]?.has(level)) faults.push(`comparisons.${name}.${level}: is missing`);
  if (!settings.model_version) faults.push('model_version: should name the model');
  if (!Number.isInteger(settings.largest_component) || settings.largest_component < 2)
    faults.push('largest_component: should be a whole number of at least 2');
  const usual = zonesOf('zones', settings.zones, faults);
  const sensitive = zonesOf('zones.sensitive', settings.zones?.sensitive, faults);
  if (sensitive.join < usual.join || sensitive.review < usual.review) faults.push('zones.sensitive: should not ask for less than zones');
  if (faults.length > 0) throw new MatchModelError(`The match model can't be used:\n${faults.join('\n')}`);
  const { model_version: version, largest_component: largestComponent } = settings;
  return { version, prior, weights, rarity, usual, sensitive, largestComponent };
}

function zonesOf(at: string, zones: Zones | undefined, faults: string[]): Zones {
  if (!zones || !Number.isFinite(zones.join) || !Number.isFinite(zones.review) || zones.review >= zones.join) {
    faults.push(`${at}: should have join and review in bits, review below join`);
    return { join: 0, review: 0 };
  }
  return { join: Math.round(zones.join * MILLI_BITS), review: Math.round(zones.review * MILLI_BITS) };
}

const isComparison = (name: string): name is Comparison => name in COMPARISONS;
