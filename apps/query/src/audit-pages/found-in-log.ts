import { type AuditRow, type FoundMismatch, wrongWith } from '#lib/audit';

/** What the checks of the log found, as far as it concerns whoever reads entries of it. */
export interface FoundInLog {
  /** `changed`: some entries were, and others may be missing; `not-signed`: nobody vouches for any of it; `unknown`: it can’t be told now. */
  is: 'nothing' | 'changed' | 'not-signed' | 'unknown';
  /** Why what an entry says can't be relied on; null: nothing was found, or it can't be told now. */
  wrongWith(row: Pick<AuditRow, 'id' | 'index'>): string | null;
}

/** @param found null where it could not be read */
export function foundInLog(found: readonly FoundMismatch[] | null): FoundInLog {
  return { is: isOf(found), wrongWith: (row) => wrongWith(found ?? [], row) };
}

function isOf(found: readonly FoundMismatch[] | null): FoundInLog['is'] {
  if (found === null) return 'unknown';
  // That nothing was signed on a day concerns no entry once it has been looked into.
  if (found.some(({ index, acknowledged }) => index === null && acknowledged === null)) return 'not-signed';
  return found.some(({ index }) => index !== null) ? 'changed' : 'nothing';
}
