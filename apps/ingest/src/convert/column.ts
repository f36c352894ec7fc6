import type { RuleBroken } from '#lib/events';

/** One row of a file or table: the text of each cell by the mapping's name of its column. */
export type Row = Readonly<Record<string, string>>;

/** What a cell says can't be read as what it should be. It never holds the cell's text. */
export class Unreadable implements RuleBroken {
  constructor(
    readonly rule: string,
    readonly expected: string,
    readonly fix: string,
    readonly column = '',
  ) {}

  in(column: string): Unreadable {
    return new Unreadable(this.rule, this.expected, this.fix, column);
  }
}

/** Reads one value of the contract out of a row. */
export interface Reader<T> {
  readonly columns: readonly string[];
  /** What is expected in each of them, in words. */
  readonly formats: Readonly<Record<string, string>>;
  /** It reads dates, whose order of day and month may have to be guessed. */
  readonly dates?: true;
  /** It reads IDs of this many digits; one of fewer gets zeros in front, which is a guess. */
  readonly digits?: number;
  /** @param today the day the row was exported, YYYY-MM-DD. @returns null where the row does not say. */
  read(row: Row, today: string): T | null | Unreadable;
}

/** Turns a cell's text, which is never empty, into a value; null where it only says that nothing is known. */
export type Convert<T> = (text: string, today: string) => T | null | Unreadable;

/** A column of the source, read by a converter. @param expected in words, what should stand there */
export function column<T>(name: string, expected: string, convert: Convert<T>): Reader<T> {
  return {
    columns: [name],
    formats: { [name]: expected },
    read(row, today) {
      const text = tidy(row[name] ?? '');
      if (text === '') return null;
      const value = convert(text, today);
      return value instanceof Unreadable ? value.in(name) : value;
    },
  };
}

/** Without surrounding space, and without what spreadsheets put around digits to keep them as text: `'0163…` and `="0163…"`. */
export function tidy(cell: string): string {
  const text = cell.trim();
  const quoted = /^="(.*)"$/.exec(text)?.[1] ?? text;
  return /^'[\d+]/.test(quoted) ? quoted.slice(1) : quoted;
}
