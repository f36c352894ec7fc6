import { normaliseId, searchTermsOf } from '#lib/matching';
import { caseIdTyped } from '../case-id-typed.js';
import type { Snapshot, Statement } from '../snapshot.js';

/** A record by the ID that its source knows somebody by. */
export interface NamedRecord {
  source: string;
  recordId: string;
}

/**
 * Subject tokens of the records that a source knows by this ID; one that was given anew is two people's. A case ID may be a further one of its record there; that
 * another database states it too makes it none of its own.
 */
export async function recordsWithId(snapshot: Snapshot, { recordId, source }: NamedRecord): Promise<string[]> {
  const isCaseId = source === snapshot.authority.caseManagementSystem;
  const keys = searchTermsOf({ caseId: isCaseId ? caseIdTyped(recordId, snapshot.authority) : recordId }).all.flat();
  const rows = await snapshot.rows<{ subject: string; record_id: string }>(WITH_ID, [keys, source]);
  return rows.filter(({ record_id }) => isCaseId || keys.includes(`c:${normaliseId(record_id)}`)).map(({ subject }) => subject);
}

const WITH_ID: Statement = {
  name: 'records-with-id',
  text: 'SELECT subject, record_id FROM record WHERE search_keys && $1::text[] AND source = $2',
};
