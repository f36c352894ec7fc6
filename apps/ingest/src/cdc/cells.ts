import { HaltError } from '#lib/kafka';
import type { Row } from '../convert/column.js';
import type { RawRow } from './read-change.js';

/** What the connector writes where the source's log did not hold a value. */
const UNAVAILABLE = '__debezium_unavailable_value';

/**
 * A captured row as the text of its cells, as far as the mapping reads them.
 * @returns the cells, and the columns whose value is not known for certain
 * @throws HaltError where the source's table no longer has one of the columns: read as empty, a missing end date would reopen everything
 */
export function cellsOf(row: RawRow, columns: ReadonlySet<string>): { cells: Row; unknown: string[] } {
  const cells: Record<string, string> = {};
  const unknown: string[] = [];
  for (const name of columns) {
    const value = row[name];
    if (value === undefined) throw new HaltError('source-changed', `the column ${name} is no longer there`);
    // a number that JSON can't hold is another number by now
    if (value === UNAVAILABLE || (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER)) unknown.push(name);
    else cells[name] = textOf(value);
  }
  return { cells, unknown };
}

/** A day as the connector writes it: with a zone, which a day has not. */
const DAY = /^(\d{4}-\d{2}-\d{2})Z$/;

function textOf(value: unknown): string {
  if (value === null) return '';
  if (typeof value === 'string') return DAY.exec(value)?.[1] ?? value;
  return JSON.stringify(value);
}
