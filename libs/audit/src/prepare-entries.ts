import { randomUUID } from 'node:crypto';
import { isUuid } from '#lib/runtime';
import type { AuditEntry } from './audit-entry.js';
import { type CommittedFields, commitmentsOf, newSalts } from './commitment.js';
import { sealTerms } from './sealed-terms.js';

/** An entry with its id, its salts and what it commits to: the same whichever sink takes it. */
export interface PreparedEntry {
  /** Terms are sealed, in base64. */
  fields: CommittedFields;
  salts: Buffer;
  commitments: Buffer;
}

/** @param written what entries of one look share is written out once @throws Error where an entry could never be stored as it was committed to */
export function prepareEntry(entry: AuditEntry, termsKey: Buffer | undefined, written: Map<object, string>): PreparedEntry {
  const id = randomUUID();
  const fields: CommittedFields = {
    id,
    at: entry.at,
    action: entry.action,
    outcome: entry.outcome,
    reader: asStored(entry.reader),
    role: asStored(entry.role),
    team: asStored(entry.team),
    person: entry.person == null ? null : asUuid(entry.person),
    subjects: (entry.subjects ?? []).map(asUuid),
    reason: asStored(entry.reason),
    reference: asStored(entry.reference),
    shown: entry.shown ?? null,
    freshness: entry.freshness ?? null,
    generation: entry.generation ?? null,
    terms: sealed(entry, id, termsKey),
    requestId: asStored(entry.requestId),
  };
  const salts = newSalts();
  return { fields, salts, commitments: commitmentsOf(fields, salts, written) };
}

/** PostgreSQL keeps text in UTF-8 without NUL; what it would change must not be committed to. */
const asStored = (text: string | null | undefined): string | null => text?.toWellFormed().replaceAll('\0', '\uFFFD') ?? null;

function asUuid(text: string): string {
  const uuid = text.toLowerCase();
  if (!isUuid(uuid)) throw new Error('an audit entry names people and subjects by uuid');
  return uuid;
}

function sealed({ terms }: AuditEntry, id: string, termsKey: Buffer | undefined): string | null {
  if (terms === undefined || terms === null) return null;
  if (termsKey === undefined) throw new Error('this audit log was opened without a key for typed terms');
  return sealTerms(termsKey, terms, id).toString('base64');
}
