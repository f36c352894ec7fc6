import { loadWeights, type Weights, type WeightSettings } from '../weights.js';
import { columnsOf, conditionOf, type Row, type Valued } from './condition.js';
import { parseSql, type Sql } from './sql.js';

/** Splink's settings for a data set of any columns: each level has its condition, and records are compared where a blocking rule holds. */
export interface TableSettings extends WeightSettings {
  unique_id_column_name: string;
  blocking_rules_to_generate_predictions: readonly (string | { blocking_rule: string })[];
}

export interface TableComparison {
  name: string;
  columns: readonly string[];
  /** Best first; the first that holds is the level. */
  levels: readonly { label: string; missing: boolean; holds: Valued }[];
}

/** Equal values on both sides of a blocking rule, as a key; null where one is missing. */
export interface BlockingRule {
  columns: readonly string[];
  left: (row: Row) => string | null;
  right: (row: Row) => string | null;
}

export interface TableModel extends Weights {
  id: string;
  comparisons: readonly TableComparison[];
  blocking: readonly BlockingRule[];
}

const MICRO_BITS = 1_000_000;

/**
 * Freezes the settings of a data set; weights are whole micro-bits. Conditions are parsed and never run as SQL. Throws an error that lists
 * everything that is missing or wrong. Before training (`untrained`) weights may be missing, and are nothing.
 */
export function loadTableModel(settings: TableSettings, { untrained = false } = {}): TableModel {
  const faults: string[] = [];
  const weights = loadWeights(settings, untrained ? [] : faults, MICRO_BITS);
  const parsed = (at: string, text: string | undefined): Sql => {
    try {
      const sql = parseSql(text ?? '');
      conditionOf(sql);
      return sql;
    } catch (error) {
      faults.push(`${at}: ${(error as Error).message}`);
      return { is: 'value', value: false };
    }
  };
  const comparisons = settings.comparisons.map(({ output_column_name: name, comparison_levels: levels }): TableComparison => {
    const read = levels.map((level) => ({
      label: level.label_for_charts,
      missing: level.is_null_level === true,
      sql: parsed(`comparisons.${name}.${level.label_for_charts}.sql_condition`, level.sql_condition),
    }));
    return {
      name,
      columns: [...new Set(read.flatMap(({ sql }) => columnsOf(sql)))].sort(),
      levels: read.map(({ label, missing, sql }) => ({ label, missing, holds: conditionOf(sql) })),
    };
  });
  const blocking = settings.blocking_rules_to_generate_predictions.map((rule): BlockingRule => {
    const text = typeof rule === 'string' ? rule : rule.blocking_rule;
    const sql = parsed('blocking_rules_to_generate_predictions', text);
    const equal = sql.is === 'call' && sql.name === 'and' ? sql.from : [sql];
    const sides = equal.map((part) =>
      part.is === 'call' && part.name === '=' ? part.from.map((side) => [side, sidesOf(side)] as const) : [],
    );
    if (!sides.every(([left, right]) => left?.[1] === 'l' && right?.[1] === 'r'))
      faults.push(`blocking_rules_to_generate_predictions: should be l.… = r.… joined by AND, not: ${text}`);
    const key = (side: 0 | 1) => {
      const values = sides.map((of) => conditionOf(of[side]?.[0] ?? { is: 'value', value: false }));
      return (row: Row) => {
        const parts = values.map((value) => value(row, row));
        return parts.includes(null) ? null : JSON.stringify(parts);
      };
    };
    return { columns: columnsOf(sql), left: key(0), right: key(1) };
  });
  if (faults.length > 0) throw new Error(`The settings can't be used:\n${faults.join('\n')}`);
  return { ...weights, id: settings.unique_id_column_name, comparisons, blocking };
}

/** The one side an expression reads: `l`, `r`, or both or neither (null). */
function sidesOf(sql: Sql): 'l' | 'r' | null {
  const sides = new Set<'l' | 'r'>();
  const walk = (part: Sql): void => {
    if (part.is === 'column') sides.add(part.side);
    else if (part.is === 'call') part.from.forEach(walk);
  };
  walk(sql);
  return sides.size === 1 ? ([...sides][0] as 'l' | 'r') : null;
}
