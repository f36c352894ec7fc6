import { SubCommand } from 'nest-commander';
import { acknowledgeFound, copyFoundFrom, type FoundMismatch, readFound, waiting } from '#lib/audit';
import { DONE } from '../exit-codes.js';
import { inReadModel } from '../in-read-model.js';
import { onRecord, reasonOf } from '../on-record.js';
import { tell } from '../print.js';
import { type ChangeOptions, ChangingVerb } from '../verb.js';
import { sealSettings } from './audit-settings.js';
import { keepChangedAlarm, mismatchWords } from './changed-alarm.js';

@SubCommand({
  name: 'acknowledge',
  description:
    'Says that somebody has looked into it where the log was found not to be what was sealed. The alarm ends; the log stays as it is.',
})
export class AuditAcknowledgeVerb extends ChangingVerb {
  protected override readonly examples = {
    'audit acknowledge --dry-run': 'what waits, the first bad index first',
    'audit acknowledge --reason "incident 12, with the information governance officer"':
      'the words stay on record and on the page of the audit',
  };

  async run(_: string[], options: ChangeOptions): Promise<void> {
    process.exitCode = DONE;
    const reason = options.dryRun ? '' : reasonOf(options);
    const open = waiting(await readFound(sealSettings().auditCheckpointDir));
    const mismatches = open.map(({ index, through, kind, says, foundAt }) => ({ index, through, kind, says, foundAt }));
    if (open.length === 0) return tell({ mismatches, dryRun: options.dryRun ?? false }, ['Nothing waits to be acknowledged.'], options);
    const late = options.dryRun ? [] : await onRecord('audit acknowledge', reason, about(open), (by) => acknowledge(open, by, reason));
    const lines = [options.dryRun ? 'Acknowledged would be:' : 'Acknowledged:', ...open.map((one) => `  ${mismatchWords(one)}`), ...late];
    tell({ mismatches, dryRun: options.dryRun ?? false }, lines, options);
  }
}

const about = (open: readonly FoundMismatch[]) => ({ found: open.length, firstIndex: open[0]!.index });

/** At the second place first, which is what counts. @returns what to say where a copy can't follow now */
async function acknowledge(open: readonly FoundMismatch[], by: string, words: string): Promise<string[]> {
  const { auditCheckpointDir: folder, auditUrl } = sealSettings();
  const ids = open.map(({ id }) => id);
  await acknowledgeFound(folder, ids, { at: Date.now(), by, words });
  const left = waiting(await readFound(folder));
  const copies = await Promise.allSettled([copyFoundFrom(folder, auditUrl), inReadModel((pool) => keepChangedAlarm(pool, left))]);
  const late = copies.some(({ status }) => status === 'rejected');
  return late ? ['The alarm and /audit follow as soon as "seal" reaches their databases.'] : [];
}
