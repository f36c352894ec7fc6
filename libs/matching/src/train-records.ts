import { blockingKeysOf } from './blocking-keys.js';
import type { Comparable } from './comparable.js';
import { comparePair } from './compare-pair.js';
import type { Comparison } from './levels.js';
import { loadMatchModel, type MatchSettings } from './match-model.js';
import { type PlacePair, randomPairs } from './random-pairs.js';
import { maximise, patternsOf, sharesOf, type Shares } from './train.js';

const RANDOM_PAIRS = 200_000;
/** How much of every share stays as the settings have it, so that a level the records never came to keeps its weight. */
const KEPT = 0.02;
const NUMBERS: readonly string[] = ['nhs_number', 'upn'] satisfies Comparison[];
const BY_NUMBER = /^(nhs|upn)\|/;
const BY_NAME_AND_BIRTH = /^name,born\|/;
/** A number that more records have is a placeholder of some system, and its pairs would go by their square. */
const MOST_SHARING = 200;

/** How many pairs weights are learnt from: of one number, and of one name and birth date. */
export function learnablePairs(records: readonly Comparable[]): { ofOneNumber: number; ofOneNameAndBirth: number } {
  return { ofOneNumber: blocked(records, BY_NUMBER).length, ofOneNameAndBirth: blocked(records, BY_NAME_AND_BIRTH).length };
}

/**
 * The settings with m and u learnt from our own records, rule by rule as in Splink: what numbers weigh from pairs of one name and birth date, all else from pairs of one number. Not
 * from all pairs, most of which that share anything are households and would be taken for people. u is what chance pairs do; of numbers,
 * which true pairs among those would spoil, it stays. So does the prior. No label is looked at.
 */
export function trainRecords(records: readonly Comparable[], settings: MatchSettings): MatchSettings {
  const model = loadMatchModel(settings);
  const names = settings.comparisons.map(({ output_column_name: name }) => name);
  const labels = settings.comparisons.map(({ comparison_levels: levels }) => levels.map(({ label_for_charts: label }) => label));
  const before = (of: 'm_probability' | 'u_probability', times = 1): Shares =>
    settings.comparisons.map(({ comparison_levels: levels }) => levels.map((level) => (level[of] ?? 0) * times));
  const blended = (of: 'm_probability' | 'u_probability', learnt: Shares): Shares =>
    before(of).map((levels, at) => levels.map((share, level) => ((learnt[at]?.[level] ?? 0) + KEPT * share) / (1 + KEPT)));
  /** Next to nothing, so that a comparison which no pair says anything of has the shares of the settings. */
  const seen = (of: 'm_probability' | 'u_probability') => before(of, 1e-6);
  const levelsOf = ([one, other]: PlacePair) =>
    comparePair(records[one] as Comparable, records[other] as Comparable, model).parts.map(({ level }, at) =>
      level === 'missing' ? null : (labels[at]?.indexOf(level) ?? null),
    );
  const random = patternsOf(randomPairs(records.length, RANDOM_PAIRS), levelsOf, 1);
  const chance = blended(
    'u_probability',
    sharesOf(seen('u_probability'), random, () => 1),
  );
  const u = before('u_probability').map((shares, at) => (NUMBERS.includes(names[at] ?? '') ? shares : (chance[at] ?? [])));
  const learn = (rule: RegExp, held: (name: string) => boolean): Shares => {
    const unheld = (pair: PlacePair) => levelsOf(pair).map((level, at) => (held(names[at] ?? '') ? null : level));
    const pairs = patternsOf(blocked(records, rule), unheld, 1);
    const begin = { prior: 0.5, m: before('m_probability'), u };
    return pairs.length === 0 ? begin.m : blended('m_probability', maximise(pairs, begin, seen('m_probability')).m);
  };
  const fromNumbers = learn(BY_NUMBER, (name) => NUMBERS.includes(name));
  const fromNames = learn(BY_NAME_AND_BIRTH, (name) => ['family_name', 'given_name', 'date_of_birth'].includes(name));
  return {
    ...settings,
    comparisons: settings.comparisons.map((comparison, at) => ({
      ...comparison,
      comparison_levels: comparison.comparison_levels.map((level, place) => ({
        ...level,
        m_probability: (NUMBERS.includes(comparison.output_column_name) ? fromNames : fromNumbers)[at]?.[place],
        u_probability: u[at]?.[place],
      })),
    })),
  };
}

/** Pairs that share a key of one kind which not too many have, each once. */
function blocked(records: readonly Comparable[], rule: RegExp): PlacePair[] {
  const places = new Map<string, number[]>();
  for (const [place, record] of records.entries())
    for (const key of blockingKeysOf(record).filter((key) => rule.test(key))) {
      const sharing = places.get(key);
      if (sharing) sharing.push(place);
      else places.set(key, [place]);
    }
  const pairs = new Map<number, PlacePair>();
  for (const sharing of [...places.values()].filter(({ length }) => length <= MOST_SHARING))
    for (const [at, one] of sharing.entries())
      for (const other of sharing.slice(at + 1)) pairs.set(one * records.length + other, [one, other]);
  return [...pairs.values()];
}
