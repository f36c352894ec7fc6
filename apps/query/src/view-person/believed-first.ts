import type { Authority } from '../authority.js';
import type { StoredRecord } from './stored-record.js';

/** Records in the order in which they are believed: the case management system first, then whoever stated it last. */
export function inOrderOfBelief(records: readonly StoredRecord[], { caseManagementSystem }: Authority): StoredRecord[] {
  const rank = ({ source }: StoredRecord) => (source === caseManagementSystem ? 0 : 1);
  return records.toSorted((a, b) => rank(a) - rank(b) || b.statedAt - a.statedAt || (a.subject < b.subject ? -1 : 1));
}
