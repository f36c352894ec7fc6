import { DEFAULT_MODEL } from './default-model.js';
import { COMPARISON_NAMES, COMPARISONS, type Comparison } from './levels.js';
import type { MatchSettings } from './match-model.js';

type OneComparison = MatchSettings['comparisons'][number];
type OneLevel = OneComparison['comparison_levels'][number];

/** Settings as this version of ours reads them, and what it had to read otherwise than they say: empty, and the very same settings, where nothing. */
export interface AdaptedSettings {
  settings: MatchSettings;
  adapted: string[];
}

/**
 * Reads settings that were approved under another version of ours, so that no pair weighs more by it than they say. A comparison that they
 * lack weighs nothing; a level they lack weighs the least of what they give any level, as its pairs may have come out at any before, and of what
 * the built-in model gives it. A level unknown here is left out only where it is the heaviest. All else that is unknown stays, and
 * `loadMatchModel` refuses it: what speaks against a join can't be left out.
 */
export function adaptSettings(settings: MatchSettings): AdaptedSettings {
  const adapted: string[] = [];
  const stated = settings.comparisons.map((one) => (isComparison(one.output_column_name) ? withOurLevels(one, adapted) : one));
  const lacking = COMPARISON_NAMES.filter((name) => !stated.some((one) => one.output_column_name === name));
  for (const name of lacking) adapted.push(`comparisons.${name}: is lacking, and weighs nothing`);
  if (adapted.length === 0) return { settings, adapted };
  const nothing = lacking.map((name): OneComparison => ({
    output_column_name: name,
    comparison_levels: levelsOf(name).map(weighingNothing),
  }));
  return { settings: { ...settings, comparisons: [...stated, ...nothing] }, adapted };
}

function withOurLevels(comparison: OneComparison, adapted: string[]): OneComparison {
  const name = comparison.output_column_name as Comparison;
  const ours = levelsOf(name);
  const known = comparison.comparison_levels.filter(({ label_for_charts: label }) => ours.includes(label));
  const heaviest = Math.max(...known.map(weightOf));
  const isLeftOut = (level: OneLevel) => known.length > 0 && !level.is_null_level && !known.includes(level) && weightOf(level) >= heaviest;
  const stated = comparison.comparison_levels.filter((level) => !isLeftOut(level));
  for (const level of comparison.comparison_levels.filter(isLeftOut))
    adapted.push(`comparisons.${name}.${level.label_for_charts}: is unknown to this version, and left out`);
  const lacking = ours.filter((label) => !known.some((level) => level.label_for_charts === label));
  const filled = lacking.map((label) => lackingLevel(name, label, known));
  for (const level of filled)
    adapted.push(`comparisons.${name}.${level.label_for_charts}: is lacking, and weighs ${weightOf(level).toFixed(1)} bits`);
  return { ...comparison, comparison_levels: [...stated, ...filled] };
}

/** A level that settings lack: the lightest of all they have and of the built-in one. Before it was split off, its pairs may have come out at any further down. */
function lackingLevel(name: Comparison, label: string, known: readonly OneLevel[]): OneLevel {
  const builtIn = builtInLevels(name).find((level) => level.label_for_charts === label);
  if (known.length === 0 || !builtIn) return weighingNothing(label);
  const { m_probability: m, u_probability: u } = [...known, builtIn].reduce((least, one) =>
    weightOf(one) < weightOf(least) ? one : least,
  );
  return { label_for_charts: label, m_probability: m, u_probability: u };
}

const isComparison = (name: string): name is Comparison => name in COMPARISONS;
const levelsOf = (name: Comparison): string[] => Object.keys(COMPARISONS[name].levels);
const builtInLevels = (name: Comparison): readonly OneLevel[] =>
  DEFAULT_MODEL.comparisons.find((one) => one.output_column_name === name)?.comparison_levels ?? [];
const weightOf = ({ m_probability: m = 1, u_probability: u = 1 }: OneLevel): number => Math.log2(m / u);
const weighingNothing = (label: string): OneLevel => ({ label_for_charts: label, m_probability: 1, u_probability: 1 });
