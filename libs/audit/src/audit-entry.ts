/** What can be recorded: a closed list (product: Audit). */
export const AUDIT_ACTIONS = [
  'signed-in',
  'signed-out',
  'sign-in-refused',
  'session-ended',
  'searched',
  'shown-in-results',
  'led-to-person',
  'viewed-person',
  'opened-panel',
  'viewed-relationships',
  'viewed-contacts',
  'viewed-timeline',
  'exported',
  'printed',
  'gave-reason',
  'overridden',
  'declared-known',
  'read-audit',
  'changed-settings',
  'gave-feedback',
  'reported-problem',
  'viewed-problem',
  'answered-problem',
  'viewed-source',
  'handled-file',
  'listed-matches',
  'opened-match',
  'reviewed-match',
  'decided-match',
  'raised-doubt',
  'withdrew-doubt',
  'claimed-same',
  'withdrew-claim',
  'operated',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** How the act ended. `denied`: no right to it. `nothing-found`: nothing was shown. `refused`: what was to do it did not. */
export const AUDIT_OUTCOMES = ['done', 'nothing-found', 'denied', 'refused'] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** One record of the audit log, as the caller hands it in; what is left out is recorded as absent. Only `terms` may hold personal data: they are sealed before they are written. */
export interface AuditEntry {
  /** Milliseconds since 1970. */
  at: number;
  action: AuditAction;
  outcome: AuditOutcome;
  requestId: string;
  /** User name of who acted, with role and team as they were then; absent when a refused sign-in proved nobody. */
  reader?: string | null;
  role?: string | null;
  team?: string | null;
  /** Person id asked for or shown. */
  person?: string | null;
  /** Subject tokens of the records shown. */
  subjects?: string[];
  /** Why, and the case or contact reference, where that was asked. */
  reason?: string | null;
  reference?: string | null;
  /** What was shown, in codes and counts. */
  shown?: Record<string, unknown> | null;
  /** How fresh it was, by source. */
  freshness?: Record<string, unknown> | null;
  /** Generation of the read model that answered. */
  generation?: number | null;
  /** What was typed. */
  terms?: Record<string, string> | null;
}
