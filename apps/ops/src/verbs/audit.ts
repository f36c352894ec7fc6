import { Command } from 'nest-commander';
import { AuditAcknowledgeVerb } from '../audit/acknowledge.js';
import { AuditDrainVerb } from '../audit/drain.js';
import { AuditExportVerb } from '../audit/export.js';
import { AuditKeyVerb } from '../audit/key.js';
import { AuditListVerb } from '../audit/list.js';
import { AuditRedactVerb } from '../audit/redact.js';
import { AuditRehearseVerb } from '../audit/rehearse.js';
import { AuditUnusualVerb } from '../audit/unusual.js';
import { AuditVerifyVerb } from '../audit/verify.js';
import { VerbFamily } from '../verb.js';

@Command({
  name: 'audit',
  description:
    'Who looked at what, and who operated: list, verify, acknowledge, export, unusual use, redact, drain. Reading it is itself on record.',
  subCommands: [
    AuditListVerb,
    AuditVerifyVerb,
    AuditAcknowledgeVerb,
    AuditExportVerb,
    AuditUnusualVerb,
    AuditRedactVerb,
    AuditDrainVerb,
    AuditKeyVerb,
    AuditRehearseVerb,
  ],
})
export class AuditVerb extends VerbFamily {
  protected override readonly examples = {
    'audit --last 50': 'the newest 50 records (short for audit list)',
    'audit verify': 'whether the log is what was sealed and signed',
    'audit export --out audit.jsonl --reason "yearly check"': 'everything, to be verified elsewhere',
  };
}
