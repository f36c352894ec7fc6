import { Option, SubCommand } from 'nest-commander';
import { findRedactable, isRedactable, REDACT_VERB, REDACTABLE, type Redactable, redactEntry } from '#lib/audit';
import { readSettings, settings } from '#lib/runtime';
import { saidOfDatabase } from '../away.js';
import { opsEnvironment } from '../environment.js';
import { WrongUseError } from '../errors.js';
import { DONE } from '../exit-codes.js';
import { onRecord, reasonOf } from '../on-record.js';
import { token } from '../option-values.js';
import { instantWords, tell } from '../print.js';
import { type ChangeOptions, ChangingVerb } from '../verb.js';

interface RedactOptions extends ChangeOptions {
  entry?: string;
  fields?: Redactable[];
}

@SubCommand({
  name: 'redact',
  description: 'Takes fields of one audit entry out for good, on lawful order. What is left of it, and of the log, can still be proven.',
})
export class AuditRedactVerb extends ChangingVerb {
  protected override readonly examples = {
    'audit redact --entry 01234567-… --fields reason,reference --dry-run': 'which entry that is',
    'audit redact --entry 01234567-… --fields reader --reason "order of the court, 2026/117"':
      'the reason stays on record, the field does not',
  };

  async run(_: string[], options: RedactOptions): Promise<void> {
    const { entry: id, fields } = options;
    if (id === undefined || fields === undefined)
      throw new WrongUseError('Say which: --entry and --fields. See npm run ops -- audit list --json.');
    const reason = options.dryRun ? '' : reasonOf(options);
    const { auditUrl } = readSettings({ auditUrl: settings.auditUrl }, opsEnvironment());
    const { at, action } = await reached(findRedactable(auditUrl, id));
    const which = `${fields.join(', ')} of the entry ${id} (${action}, ${instantWords(at)})`;
    if (!options.dryRun) await onRecord(REDACT_VERB, reason, { entry: id, fields }, () => reached(redactEntry(auditUrl, { id, fields })));
    const lines = options.dryRun
      ? [`Taken out for good would be: ${which}.`]
      : [
          `Taken out for good: ${which}.`,
          'Backups and write-ahead logs made before hold it still: see "An entry must be redacted" in deploy/README.md.',
        ];
    tell({ entry: id, fields, at, action, dryRun: options.dryRun ?? false }, lines, options);
    process.exitCode = DONE;
  }

  @Option({ flags: '--entry <id>', description: 'id of the entry' })
  entry(text: string): string {
    return token('--entry', text);
  }

  @Option({ flags: '--fields <names>', description: `of: ${REDACTABLE.join(', ')}` })
  fields(text: string): Redactable[] {
    const names = text.split(',').map((name) => name.trim());
    const wrong = names.filter((name) => !isRedactable(name));
    if (wrong.length > 0) throw new WrongUseError(`--fields wants names out of ${REDACTABLE.join(', ')}, not ${wrong.join(', ')}.`);
    return names as Redactable[];
  }
}

async function reached<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw saidOfDatabase('the audit store', error);
  }
}
