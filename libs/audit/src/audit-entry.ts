/** What can be recorded: a closed list (product: Audit). */
export const AUDIT_ACTIONS = [
  'signed-in',
  'signed-out',
  'sign-in-refused',
  'searched',
  'shown-in-results',
  'viewed-person',
  'opened-panel',
  'viewed-relationships',
  'viewed-contacts',
  'viewed-timeline',
  'exported',
  'printed',
  'overridden',
  'read-audit',
  'changed-settings',
  'operated',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** How the look ended. `denied`: the reader held no right to it. */
export const AUDIT_OUTCOMES = ['done', 'nothing-found', 'denied'] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];
