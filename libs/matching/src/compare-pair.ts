import { compareBirthDates } from './birth-date.js';
import { capsOf, type Cap } from './caps.js';
import type { Comparable } from './comparable.js';
import { compareNames } from './compare-names.js';
import { COMPARISON_NAMES, COMPARISONS, type Comparison } from './levels.js';
import type { MatchModel, Zones } from './match-model.js';
import { pupilNumberFits } from './pupil-number-fits.js';
import { weightOf } from './weights.js';

export type Zone = 'join' | 'review' | 'apart';

export interface ComparedPart {
  comparison: Comparison;
  /** `missing`: one of the two has no usable value, which weighs nothing. */
  level: string;
  /** Milli-bits. */
  weight: number;
  sentence: string;
}

export interface ComparedPair {
  /** Milli-bits for one person over the prior: the sum of the parts and the prior, before caps. */
  weight: number;
  parts: readonly ComparedPart[];
  /** Reasons that hold the zone down whatever the weight. */
  caps: readonly Cap[];
  zone: Zone;
  /** What a join asks for between these two, milli-bits. */
  thresholds: Zones;
}

/** What two records say about being one person. Symmetric and deterministic; integers only. */
export function comparePair(a: Comparable, b: Comparable, model: MatchModel): ComparedPair {
  const names = compareNames(a, b, model);
  const levels: Record<Comparison, string | null> = {
    family_name: names.family,
    given_name: names.given,
    date_of_birth: a.born && b.born ? compareBirthDates(a.born, b.born) : null,
    postcode: a.postcodes.length > 0 && b.postcodes.length > 0 ? postcodeLevel(a.postcodes, b.postcodes) : null,
    uprn: sharedLevel(a.uprns, b.uprns),
    nhs_number: sharedLevel(a.nhs, b.nhs),
    upn: sharedLevel(a.upn, b.upn),
    gender: a.gender && b.gender ? (a.gender === b.gender ? 'same' : 'different') : null,
  };
  // A shared property is a shared postcode: one fact is weighed once.
  if (levels.uprn === 'same') levels.postcode = null;
  const terms: Partial<Record<Comparison, string | null>> = { family_name: names.sameFamily, given_name: names.sameGiven };
  const fits = pupilNumberFits(a, b);
  const parts = COMPARISON_NAMES.map((comparison): ComparedPart => {
    const level = levels[comparison];
    if (!level) return { comparison, level: 'missing', weight: 0, sentence: missing(comparison, levels, fits) };
    const sentences: Record<string, string> = COMPARISONS[comparison].levels;
    return { comparison, level, weight: weightOf(model, comparison, level, terms[comparison] ?? null), sentence: sentences[level] ?? '' };
  });
  const weight = parts.reduce((sum, part) => sum + part.weight, model.prior);
  const caps = capsOf(a, b, levels);
  const thresholds = a.sensitive || b.sensitive ? model.sensitive : model.usual;
  return { weight, parts, caps, zone: zoneOf(weight, caps, thresholds), thresholds };
}

function zoneOf(weight: number, caps: readonly Cap[], { join, review }: Zones): Zone {
  if (caps.some(({ holds }) => holds === 'apart')) return 'apart';
  // A clash of an identifier and the rest is for a steward, even where the weight alone would leave them apart.
  if (caps.some(({ reason }) => reason === 'identifier clash')) return 'review';
  if (weight < review) return 'apart';
  return weight < join || caps.length > 0 ? 'review' : 'join';
}

/** Of a date of birth that is missing, where it speaks for one person all the same. */
export const PUPIL_NUMBER_FITS = 'One date of birth is missing, and a pupil number fits the age that the other gives.';

/** Of a postcode that is left out because the property it belongs to is shared. */
export const COUNTED_WITH_PROPERTY = 'The postcode is already counted with the property.';

function missing(comparison: Comparison, levels: Record<Comparison, string | null>, pupilNumber: boolean): string {
  if (comparison === 'date_of_birth' && pupilNumber) return PUPIL_NUMBER_FITS;
  return comparison === 'postcode' && levels.uprn === 'same'
    ? COUNTED_WITH_PROPERTY
    : `The ${COMPARISONS[comparison].what} can’t be compared: one is missing, or is no use.`;
}

function sharedLevel(a: readonly string[], b: readonly string[]): 'same' | 'different' | null {
  if (a.length === 0 || b.length === 0) return null;
  return a.some((value) => b.includes(value)) ? 'same' : 'different';
}

function postcodeLevel(a: readonly string[], b: readonly string[]): string {
  const shared = (part: (postcode: string) => string) => a.some((one) => b.some((other) => part(one) !== '' && part(one) === part(other)));
  if (shared((postcode) => postcode)) return 'same';
  if (shared((postcode) => postcode.slice(0, -2))) return 'sector';
  if (shared((postcode) => postcode.slice(0, -3))) return 'district';
  return shared((postcode) => /^[A-Z]+/.exec(postcode)?.[0] ?? '') ? 'area' : 'different';
}
