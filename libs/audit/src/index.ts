export { AUDIT_ACTIONS, AUDIT_OUTCOMES, type AuditAction, type AuditEntry, type AuditOutcome } from './audit-entry.js';
export { csvCell } from './csv-cell.js';
export { AuditLog, type AuditLogEvent, type AuditLogOptions, type AuditLogState } from './audit-log.js';
export { auditUrlOf, couldChangeLog, ensureAuditLogins, ensureLogin, urlAs } from './audit-logins.js';
export { migrateAudit } from './migrate-audit.js';
export { SigningKey, VerifyingKey } from './notes/signing-key.js';
export { openFileSignature, signFile } from './notes/signed-file.js';
export { askAudit, askAuditForAll, auditEntry, type AuditQuestion, type Denied, type Place, type Together } from './read/ask-audit.js';
export { AuditReader, type AuditSight } from './read/audit-reader.js';
export { ACTED, type Exposure, exposureOf, type RecordShown, SHOWED, shownWith, untold } from './read/exposure.js';
export { type AuditRow, readAudit } from './read-audit.js';
export { findRedactable, NotRedactableError, redactEntry } from './redact-entry.js';
export { isRedactable, REDACTABLE, type Redactable } from './redactable.js';
export { CheckpointPlace, PUSHED_FILE } from './seal/checkpoint-place.js';
export { SealerElsewhereError, SealRefusedError } from './seal/seal-refused.js';
export { Sealer, type SealedTurn } from './seal/sealer.js';
export { openTerms, sealTerms } from './sealed-terms.js';
export { EXPORT_VERB } from './verify/export-time.js';
export { exportLines, NotAnExportError, verifyExport } from './verify/export-file.js';
export { type ExportedEntry, NOT_COMMITTED } from './verify/exported-entry.js';
export type { Finding } from './verify/finding.js';
export { LogVerifier, type Verdict } from './verify/log-verifier.js';
export { PushedLog } from './verify/pushed-log.js';
export { type LogPart, readLog } from './verify/read-log.js';
export { REDACT_VERB } from './verify/redactions.js';
export {
  type Decision,
  decideFinding,
  findingOf,
  keepFindings,
  listFindings,
  openFindings,
  type UnusualFinding,
  type Verdict as FindingVerdict,
  VERDICTS,
} from './unusual/findings.js';
export { onChangedEntries } from './unusual/on-changed-entries.js';
export {
  findUnusual,
  IDENTITY_RULES,
  type IdentityRule,
  looksOfFinding,
  type Opened,
  namesOfReaders,
  openedInPeriod,
} from './unusual/find-unusual.js';
export { ruleWords } from './unusual/rule-words.js';
export { type Period, type Unusual, type UnusualRule, UnusualUse } from './unusual/unusual-use.js';
export { acknowledgeFound, type FoundMismatch, mayBeAll, readFound, waiting } from './watch/found-mismatches.js';
export { copyFoundFrom, type LogState, readLogState } from './watch/log-state.js';
export { LogWatch, type WatchTurn } from './watch/log-watch.js';
export type { Mismatch } from './watch/mismatch.js';
export { refusalOf } from './watch/refusal.js';
export { wrongWith } from './watch/wrong-with.js';
