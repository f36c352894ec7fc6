import type { Digests } from '#lib/read-model';
import type { DifferingRow } from './compare-table.js';

/** One field in which two rows differ, told without telling its value. */
export interface FieldDifference {
  table: string;
  /** A digest of the row's key: keys of facts are the sources' own numbers. */
  rowKey: string;
  subject: string | null;
  field: string;
  here: string | null;
  there: string | null;
}

/** Versions say nothing of anybody and everything about what went wrong; every other value is told by a digest. */
const TOLD = /_(epoch|position|rank)$/;

/**
 * The fields in which a row differs; one line, `(row)`, where a side has no such row.
 * @param within the comparison
 */
export function fieldDifferences(
  { table, key, subject, here, there }: DifferingRow,
  digests: Pick<Digests, 'ofRow' | 'ofValue'>,
  within: string,
): FieldDifference[] {
  const row = { table, rowKey: digests.ofRow(key), subject };
  const told = (field: string, value: unknown): string | null => {
    if (value === null || value === undefined) return null;
    return TOLD.test(field) ? JSON.stringify(value) : digests.ofValue(value, within);
  };
  if (here === null || there === null)
    return [{ ...row, field: '(row)', here: here === null ? null : 'there is one', there: there === null ? null : 'there is one' }];
  return Object.keys(here)
    .filter((field) => field in there && JSON.stringify(here[field]) !== JSON.stringify(there[field]))
    .map((field) => ({ ...row, field, here: told(field, here[field]), there: told(field, there[field]) }));
}
