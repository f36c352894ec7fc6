import type { Comparison } from './levels.js';
import { FREQUENCIES_COUNT_AT } from './levels.js';
import type { MatchSettings } from './match-model.js';

/**
 * Fewer people than this may not be pointed at by a value in settings. A family name may be that of one family alone, which is thirty people in
 * one town; shares are counted over records, of which a family that many services know has several times as many as others.
 */
const FEWEST_PEOPLE = 100;
const NAME_OF_A_MODEL = /^[\w.+-]{1,60}$/;

/**
 * What of settings may go into a log that nothing is ever erased from: only what decisions depend on, so no conditions, comments or columns of
 * the file they come from, and frequencies only where they count. Their model decides the same.
 * @param people in the index now
 * @throws Error listing what would tell of few people, without a value
 */
export function publishableSettings(settings: MatchSettings, people: number): MatchSettings {
  const counting = whatCounts(settings);
  const faults = Object.entries(counting.term_frequencies ?? {}).flatMap(([column, shares]) =>
    tooRare(column, Object.values(shares), people),
  );
  if (!NAME_OF_A_MODEL.test(settings.model_version))
    faults.push('model_version: should be at most 60 letters, digits, dots and hyphens, as it stands with every decision');
  if (faults.length > 0) throw new Error(`They would stand in identity-log for ever:\n${faults.join('\n')}`);
  return counting;
}

/** The same where nobody can be asked to leave rare values out of the file: they are left out, and weigh as any other. @returns how many, too */
export function publishableWithoutRare(settings: MatchSettings, people: number): { settings: MatchSettings; leftOut: number } {
  let leftOut = 0;
  const frequencies = Object.entries(whatCounts(settings).term_frequencies ?? {}).map(([column, shares]) => {
    const kept = Object.entries(shares).filter(([, share]) => !isRare(share, people));
    leftOut += Object.keys(shares).length - kept.length;
    return [column, Object.fromEntries(kept)] as const;
  });
  return { settings: publishableSettings({ ...settings, term_frequencies: Object.fromEntries(frequencies) }, people), leftOut };
}

function whatCounts(settings: MatchSettings): MatchSettings {
  const { model_version, probability_two_random_records_match, zones, largest_component } = settings;
  const comparisons = settings.comparisons.map(({ output_column_name, comparison_levels: levels }) => ({
    output_column_name,
    comparison_levels: levels.filter(({ is_null_level: missing }) => !missing).map((level) => publishableLevel(output_column_name, level)),
  }));
  const columns = new Set(
    comparisons.flatMap(({ comparison_levels: levels }) => levels.flatMap(({ tf_adjustment_column: column }) => column ?? [])),
  );
  const frequencies = Object.entries(settings.term_frequencies ?? {}).filter(([column]) => columns.has(column));
  const { join, review, sensitive } = zones;
  return {
    model_version,
    probability_two_random_records_match,
    comparisons,
    zones: { join, review, sensitive: { join: sensitive.join, review: sensitive.review } },
    largest_component,
    ...(frequencies.length > 0 ? { term_frequencies: Object.fromEntries(frequencies) } : {}),
  };
}

type Level = MatchSettings['comparisons'][number]['comparison_levels'][number];

function publishableLevel(comparison: string, level: Level): Level {
  const { label_for_charts, m_probability, u_probability, tf_adjustment_column, tf_adjustment_weight } = level;
  const plain = { label_for_charts, m_probability, u_probability };
  const counts = tf_adjustment_column !== undefined && FREQUENCIES_COUNT_AT[comparison as Comparison] === label_for_charts;
  if (!counts) return plain;
  return { ...plain, tf_adjustment_column, ...(tf_adjustment_weight === undefined ? {} : { tf_adjustment_weight }) };
}

const isRare = (share: number, people: number): boolean => share < FEWEST_PEOPLE / people;

function tooRare(column: string, shares: readonly number[], people: number): string[] {
  const floor = FEWEST_PEOPLE / people;
  const rare = shares.filter((share) => isRare(share, people)).length;
  if (rare === 0) return [];
  return [
    `term_frequencies.${column}: ${rare} of ${shares.length} values have a share below ${floor.toPrecision(2)}, which is fewer than ` +
      `${FEWEST_PEOPLE} of the ${people} people in the index; leave these values out, they then weigh as any other`,
  ];
}
