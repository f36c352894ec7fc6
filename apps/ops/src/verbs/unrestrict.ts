import { Command, Option } from 'nest-commander';
import { NotDoneError, WrongUseError } from '../errors.js';
import { DONE } from '../exit-codes.js';
import { inReadModel } from '../in-read-model.js';
import { onRecord, reasonOf } from '../on-record.js';
import { decisionId } from '../option-values.js';
import { tell } from '../print.js';
import { type ChangeOptions, ChangingVerb } from '../verb.js';

@Command({ name: 'unrestrict', description: 'Lifts a restriction that was set by hand. What a source restricts stays restricted.' })
export class UnrestrictVerb extends ChangingVerb {
  protected override readonly examples = {
    'unrestrict --decision 01234567-… --dry-run': 'how many records that frees; "restrict" lists the decisions',
    'unrestrict --decision 01234567-… --reason "the order has ended"': 'readers see the person again with their next look',
  };

  async run(_: string[], options: ChangeOptions & { decision?: string }): Promise<void> {
    const { decision } = options;
    if (decision === undefined) throw new WrongUseError('Say which: --decision. See npm run ops -- restrict.');
    const reason = options.dryRun ? '' : reasonOf(options);
    await inReadModel(async (pool) => {
      const { rowCount } = await pool.query('SELECT FROM decided.restriction WHERE decision = $1 AND lifted_at IS NULL', [decision]);
      const records = rowCount ?? 0;
      if (records === 0) throw new NotDoneError('No such restriction is in force. See npm run ops -- restrict.');
      if (!options.dryRun) await onRecord('unrestrict', reason, { decision, records }, (who) => pool.query(LIFT, [decision, who, reason]));
      tell(
        { decision, records, dryRun: options.dryRun ?? false },
        [`${options.dryRun ? 'Would lift' : 'Lifted'}: ${decision}, ${records} records.`],
        options,
      );
    });
    process.exitCode = DONE;
  }

  @Option({ flags: '--decision <id>', description: 'the decision, as "restrict" lists it' })
  decision(text: string): string {
    return decisionId('--decision', text);
  }
}

const LIFT = `
  UPDATE decided.restriction SET lifted_by = $2, lifted_at = now(), lifted_because = $3 WHERE decision = $1 AND lifted_at IS NULL`;
