import { COMPARISON_NAMES, COMPARISONS, type Comparison } from './levels.js';
import type { MatchSettings } from './match-model.js';

/**
 * m and u of each level, best first. Set by judgement until trained on an authority's own records: m from the error rates usual in
 * administrative data, u from how common a chance agreement is among English names, ages and postcodes.
 */
const SHARES: Record<Comparison, readonly (readonly [m: number, u: number])[]> = {
  family_name: [[0.72, 0.003], [0.05, 0.002], [0.05, 0.004], [0.04, 0.002], [0.01, 0.0005], [0.13, 0.9885]],
  given_name: [[0.78, 0.008], [0.06, 0.002], [0.03, 0.002], [0.04, 0.006], [0.01, 0.0005], [0.02, 0.008], [0.02, 0.06], [0.04, 0.9135]],
  date_of_birth: [[0.86, 0.00005], [0.04, 0.001], [0.02, 0.0001], [0.02, 0.0012], [0.03, 0.014], [0.01, 0.02], [0.02, 0.96365]],
  postcode: [[0.6, 0.0005], [0.08, 0.004], [0.12, 0.04], [0.1, 0.5], [0.1, 0.4555]],
  uprn: [[0.55, 0.0001], [0.45, 0.9999]],
  nhs_number: [[0.985, 0.0000005], [0.015, 0.9999995]],
  upn: [[0.98, 0.000001], [0.02, 0.999999]],
  gender: [[0.98, 0.5], [0.02, 0.5]],
}; // prettier-ignore

/** The model used until an authority has trained its own. */
export const DEFAULT_MODEL: MatchSettings = {
  model_version: 'default-1',
  probability_two_random_records_match: 0.00001,
  comparisons: COMPARISON_NAMES.map((name) => ({
    output_column_name: name,
    comparison_levels: Object.keys(COMPARISONS[name].levels).map((level, place) => ({
      label_for_charts: level,
      m_probability: SHARES[name][place]?.[0],
      u_probability: SHARES[name][place]?.[1],
    })),
  })),
  zones: { join: 5, review: -1, sensitive: { join: 9, review: 2 } },
  largest_component: 200,
};
