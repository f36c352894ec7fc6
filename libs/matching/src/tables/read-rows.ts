import { parse } from 'csv-parse/sync';
import type { Row } from './condition.js';

/** The rows of a CSV text with a header; space around a value is not part of it, and an empty value is missing. */
export function readRows(csv: string): Row[] {
  const records = parse<Record<string, string>>(csv, { columns: true, trim: true, bom: true, skip_empty_lines: true });
  return records.map((record) =>
    Object.fromEntries(Object.entries(record).map(([column, value]) => [column, value === '' ? null : value])),
  );
}
