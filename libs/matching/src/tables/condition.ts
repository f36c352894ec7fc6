import { jaroWinkler } from '../jaro-winkler.js';
import { damerauLevenshtein, levenshtein } from './edits.js';
import type { Sql } from './sql.js';

/** One record of a data set: a value for each column, null where it is empty. */
export type Row = Readonly<Record<string, string | null>>;
type Value = string | number | boolean | null;
export type Valued = (l: Row, r: Row) => Value;

/** The functions of conditions, as DuckDB has them; any missing argument makes the result missing. */
const FUNCTIONS: Readonly<Record<string, (...values: Exclude<Value, null>[]) => Value>> = {
  jaro_winkler_similarity: (a, b) => jaroWinkler(String(a), String(b)),
  levenshtein: (a, b) => levenshtein(String(a), String(b)),
  damerau_levenshtein: (a, b) => damerauLevenshtein(String(a), String(b)),
  substr: (text, from, length) =>
    String(text).slice(Number(from) - 1, length === undefined ? undefined : Number(from) - 1 + Number(length)),
  length: (text) => String(text).length,
  abs: (value) => Math.abs(Number(value)),
  epoch: (seconds) => seconds,
  try_strptime: (text, format) => secondsOf(String(text), String(format)),
  '-': (a, b) => Number(a) - Number(b),
  concat: (...parts) => parts.join(''),
  '=': (a, b) => a === b,
  '<>': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  not: (value) => value !== true,
};

/** Makes a condition ready to run on two rows, with SQL's logic of missing values. Throws an error for a function that is not known. */
export function conditionOf(sql: Sql): Valued {
  if (sql.is === 'value') return () => sql.value;
  if (sql.is === 'column') return sql.side === 'l' ? (l) => l[sql.name] ?? null : (_l, r) => r[sql.name] ?? null;
  const from = sql.from.map(conditionOf);
  if (sql.name === 'is null') return (l, r) => from[0]?.(l, r) === null;
  if (sql.name === 'and') return settled(from, false);
  if (sql.name === 'or') return settled(from, true);
  const called = FUNCTIONS[sql.name];
  if (!called) throw new Error(`${sql.name} is not one of ${Object.keys(FUNCTIONS).join(', ')}`);
  return (l, r) => {
    const values: Exclude<Value, null>[] = [];
    for (const part of from) {
      const value = part(l, r);
      if (value === null) return null;
      values.push(value);
    }
    return called(...values);
  };
}

/** AND and OR: one part may settle it whatever is missing. */
function settled(from: readonly Valued[], by: boolean): Valued {
  return (l, r) => {
    let missing = false;
    for (const part of from) {
      const value = part(l, r);
      if (value === by) return by;
      missing ||= value === null;
    }
    return missing ? null : !by;
  };
}

/** The columns a condition reads, sorted. */
export function columnsOf(sql: Sql): string[] {
  if (sql.is === 'column') return [sql.name];
  return sql.is === 'call' ? [...new Set(sql.from.flatMap(columnsOf))].sort() : [];
}

/** Dates of a format that were read before: a column has far fewer than there are pairs. */
const readBefore = new Map<string, Map<string, number | null>>();

/** A date as seconds since 1970, where the text is one in a format of `%Y`, `%m` and `%d`. */
function secondsOf(text: string, format: string): number | null {
  const known = readBefore.get(format) ?? new Map<string, number | null>();
  readBefore.set(format, known);
  const before = known.get(text);
  if (before !== undefined) return before;
  const pattern = format.replace('%Y', '(?<Y>\\d{4})').replace('%m', '(?<m>\\d\\d)').replace('%d', '(?<d>\\d\\d)');
  const { Y, m, d } = new RegExp(`^${pattern}$`).exec(text)?.groups ?? {};
  const date = new Date(Date.UTC(Number(Y), Number(m) - 1, Number(d)));
  const seconds = date.getUTCMonth() === Number(m) - 1 && date.getUTCDate() === Number(d) ? date.getTime() / 1000 : null;
  known.set(text, seconds);
  return seconds;
}
