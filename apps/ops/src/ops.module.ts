import { Module } from '@nestjs/common';
import { AuditAcknowledgeVerb } from './audit/acknowledge.js';
import { AuditDrainVerb } from './audit/drain.js';
import { AuditExportVerb } from './audit/export.js';
import { AuditKeyVerb } from './audit/key.js';
import { AuditListVerb } from './audit/list.js';
import { AuditRedactVerb } from './audit/redact.js';
import { AuditRehearseVerb } from './audit/rehearse.js';
import { AuditUnusualVerb } from './audit/unusual.js';
import { AuditVerifyVerb } from './audit/verify.js';
import { MatchClaimsVerb } from './match/claims.js';
import { MatchModelVerb } from './match/model.js';
import { MatchRecordsVerb } from './match/records.js';
import { MatchDoubtsVerb } from './match/doubts.js';
import { MatchRuleVerb } from './match/rule.js';
import { SettingsApplyVerb } from './settings/apply.js';
import { SettingsDiffVerb } from './settings/diff.js';
import { SettingsListVerb } from './settings/list.js';
import { AcceptVerb } from './verbs/accept.js';
import { AlarmsVerb } from './verbs/alarms.js';
import { AuditVerb } from './verbs/audit.js';
import { BalanceVerb } from './verbs/balance.js';
import { CheckVerb } from './verbs/check.js';
import { CompareVerb } from './verbs/compare.js';
import { DifferencesVerb } from './verbs/differences.js';
import { DiscardVerb } from './verbs/discard.js';
import { DropVerb } from './verbs/drop.js';
import { FeedbackVerb } from './verbs/feedback.js';
import { FreshnessVerb } from './verbs/freshness.js';
import { GenerationsVerb } from './verbs/generations.js';
import { LostKeysVerb } from './verbs/lost-keys.js';
import { MatchVerb } from './verbs/match.js';
import { ParkedVerb } from './verbs/parked.js';
import { PrepareVerb } from './verbs/prepare.js';
import { ProblemsVerb } from './verbs/problems.js';
import { RebuildVerb } from './verbs/rebuild.js';
import { ReconcileVerb } from './verbs/reconcile.js';
import { RedriveVerb } from './verbs/redrive.js';
import { RehearseVerb } from './verbs/rehearse.js';
import { ReplayVerb } from './verbs/replay.js';
import { RequestsVerb } from './verbs/requests.js';
import { RollBackVerb } from './verbs/roll-back.js';
import { SealVerb } from './verbs/seal.js';
import { SentVerb } from './verbs/sent.js';
import { SessionsVerb } from './verbs/sessions.js';
import { SettingsVerb } from './verbs/settings.js';
import { SnapshotsVerb } from './verbs/snapshots.js';
import { SwitchVerb } from './verbs/switch.js';
import { AlertsVerb } from './verbs/alerts.js';
import { DeclarationsVerb } from './verbs/declarations.js';
import { RestrictVerb } from './verbs/restrict.js';
import { UnrestrictVerb } from './verbs/unrestrict.js';

/** One verb, one file: what the runbook tells to run. */
@Module({
  providers: [
    AcceptVerb,
    AlarmsVerb,
    AuditAcknowledgeVerb,
    AuditDrainVerb,
    AuditExportVerb,
    AuditKeyVerb,
    AuditListVerb,
    AuditRedactVerb,
    AuditRehearseVerb,
    AuditUnusualVerb,
    AuditVerb,
    AuditVerifyVerb,
    BalanceVerb,
    CheckVerb,
    CompareVerb,
    DifferencesVerb,
    DiscardVerb,
    DropVerb,
    FeedbackVerb,
    FreshnessVerb,
    GenerationsVerb,
    MatchClaimsVerb,
    MatchModelVerb,
    MatchRecordsVerb,
    MatchRuleVerb,
    MatchDoubtsVerb,
    LostKeysVerb,
    MatchVerb,
    ParkedVerb,
    PrepareVerb,
    ProblemsVerb,
    RebuildVerb,
    ReconcileVerb,
    RedriveVerb,
    RehearseVerb,
    ReplayVerb,
    RequestsVerb,
    RollBackVerb,
    SealVerb,
    SentVerb,
    SessionsVerb,
    SettingsApplyVerb,
    SettingsDiffVerb,
    SettingsListVerb,
    SettingsVerb,
    SnapshotsVerb,
    SwitchVerb,
    UnrestrictVerb,
    RestrictVerb,
    DeclarationsVerb,
    AlertsVerb,
  ],
})
export class OpsModule {}
