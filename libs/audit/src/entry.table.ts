import type { CommittedFields } from './commitment.js';

/** Column and PostgreSQL type of every committed field. */
export const ENTRY_COLUMNS = {
  id: { column: 'id', type: 'uuid' },
  at: { column: 'at', type: 'bigint' },
  action: { column: 'action', type: 'text' },
  outcome: { column: 'outcome', type: 'text' },
  reader: { column: 'reader', type: 'text' },
  role: { column: 'role', type: 'text' },
  team: { column: 'team', type: 'text' },
  person: { column: 'person', type: 'uuid' },
  subjects: { column: 'subjects', type: 'uuid[]' },
  reason: { column: 'reason', type: 'text' },
  reference: { column: 'reference', type: 'text' },
  shown: { column: 'shown', type: 'jsonb' },
  freshness: { column: 'freshness', type: 'jsonb' },
  generation: { column: 'generation', type: 'int' },
  terms: { column: 'terms', type: 'bytea' },
  requestId: { column: 'request_id', type: 'text' },
} as const satisfies Record<keyof CommittedFields, { column: string; type: string }>;
