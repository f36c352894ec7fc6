export { AUDIT_ACTIONS, AUDIT_OUTCOMES, type AuditAction, type AuditEntry, type AuditOutcome } from './audit-entry.js';
export { AuditLog, type AuditLogOptions } from './audit-log.js';
export { migrateAudit } from './migrate-audit.js';
export { type AuditRow, readAudit } from './read-audit.js';
export { openTerms, sealTerms } from './sealed-terms.js';
