import { SubCommand } from 'nest-commander';
import { acknowledgeFound, copyFoundFrom, readFound, waiting } from '#lib/audit';
import { saidOfDatabase } from '../away.js';
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
    const { auditCheckpointDir: folder, auditUrl } = sealSettings();
    const open = waiting(await readFound(folder));
    const mismatches = open.map(({ index, through, kind, says, foundAt }) => ({ index, through, kind, says, foundAt }));
    if (open.length === 0) return tell({ mismatches, dryRun: options.dryRun ?? false }, ['Nothing waits to be acknowledged.'], options);
    if (!options.dryRun)
      await onRecord('audit acknowledge', reason, { found: open.length, firstIndex: open[0]!.index }, async (by) => {
        await acknowledgeFound(
          folder,
          open.map(({ id }) => id),
          { at: Date.now(), by, words: reason },
        );
        await reached(copyFoundFrom(folder, auditUrl));
        const left = waiting(await readFound(folder));
        await inReadModel((pool) => keepChangedAlarm(pool, left));
      });
    const lines = [options.dryRun ? 'Acknowledged would be:' : 'Acknowledged:', ...open.map((one) => `  ${mismatchWords(one)}`)];
    tell({ mismatches, dryRun: options.dryRun ?? false }, lines, options);
  }
}

async function reached(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    throw saidOfDatabase('the audit store', error);
  }
}
