import { Client } from 'pg';
import type { AuditAction, AuditOutcome } from './audit-entry.js';
import { REASON_ASKED, REASON_FOLLOWED } from './read/reason-asked.js';

/** A stored record, without what was typed: that opens for the information governance role alone. */
export interface AuditRow {
  seq: number;
  id: string;
  at: number;
  action: AuditAction;
  outcome: AuditOutcome;
  reader: string | null;
  role: string | null;
  team: string | null;
  person: string | null;
  subjects: string[];
  reason: string | null;
  reference: string | null;
  shown: Record<string, unknown> | null;
  /** Where a reason was asked before anything was shown: whether the reader gave one for this person within the hour. Null: none was asked. */
  reasonFollowed: boolean | null;
  freshness: Record<string, unknown> | null;
  generation: number | null;
  requestId: string;
  /** Which sink acknowledged it, and when it came from the spool; null when it was written at once. Neither is under the seal. */
  sink: 'database' | 'spool';
  drainedAt: number | null;
  /** Place in the sealed tree; null while it waits to be sealed. */
  index: number | null;
  /** Fields that were lawfully taken out. */
  redacted: string[];
  /** Whether what was typed is kept with it, sealed. */
  typed: boolean;
}

/** The columns of an `AuditRow`. */
export const ROW = `
  seq::float8 AS seq, id, at::float8 AS at, action, outcome, reader, role, team, person, coalesce(subjects, '{}') AS subjects, reason,
  reference, shown, freshness, generation, request_id AS "requestId", sink, drained_at::float8 AS "drainedAt", redacted,
  terms IS NOT NULL AS typed, CASE WHEN ${REASON_ASKED} THEN ${REASON_FOLLOWED} END AS "reasonFollowed", (SELECT index::float8 FROM audit.sealed WHERE sealed.seq = entry.seq) AS index`;

/**
 * The newest records, oldest of them first. Whoever reads the audit must record that they did (`read-audit`).
 * @param url of a role that may read; the application's writer can't. `requestId` narrows to one request, `reader` and `person` to one of each.
 */
export async function readAudit(
  url: string,
  { last = 20, reader, person, requestId }: { last?: number; reader?: string; person?: string; requestId?: string } = {},
): Promise<AuditRow[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<AuditRow>(NEWEST, [last, reader ?? null, person ?? null, requestId ?? null]);
    return rows.reverse();
  } finally {
    await client.end();
  }
}

const NEWEST = `
  SELECT ${ROW} FROM audit.entry
  WHERE ($2::text IS NULL OR reader = $2) AND ($3::uuid IS NULL OR person = $3) AND ($4::text IS NULL OR request_id = $4)
  ORDER BY seq DESC LIMIT $1`;
