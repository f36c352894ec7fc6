import { Command, Option } from 'nest-commander';
import { liveGeneration, switchGeneration } from '#lib/read-model';
import { WrongUseError } from '../errors.js';
import { DONE } from '../exit-codes.js';
import { inReadModel } from '../in-read-model.js';
import { onRecord, reasonOf } from '../on-record.js';
import { onceKeptUp } from '../once-kept-up.js';
import { wholeNumber } from '../option-values.js';
import { tell } from '../print.js';
import { type ChangeOptions, ChangingVerb } from '../verb.js';

interface SwitchOptions extends ChangeOptions {
  to?: number;
  approve?: string;
}

@Command({
  name: 'switch',
  description: 'Lets readers see another generation from the next answer on. The old one keeps up, to go back to.',
})
export class SwitchVerb extends ChangingVerb {
  protected override readonly examples = {
    'switch --to 7 --dry-run': 'whether it would be refused, and why',
    'switch --to 7 --reason "fold version 2 is out"': 'refused unless it was compared, found the same and keeps up',
    'switch --to 7 --reason "…" --approve "the team was renamed"': 'although there are differences, for this reason',
  };

  async run(_: string[], options: SwitchOptions): Promise<void> {
    const { to, approve: approved } = options;
    if (to === undefined) throw new WrongUseError('Say which generation: --to. See npm run ops -- generations.');
    const reason = options.dryRun ? '' : reasonOf(options);
    await inReadModel(async (pool) => {
      const { id } = await liveGeneration(pool);
      const act = () => onceKeptUp(() => switchGeneration(pool, { to, approved, dryRun: options.dryRun }));
      const what = { from: id, to, ...(approved !== undefined && { approved }) };
      const switched = options.dryRun ? await act() : await onRecord('switch', reason, what, act);
      const lines = options.dryRun
        ? [`It would not be refused: readers would see generation ${to} instead of ${switched.from}.`]
        : [`Readers see generation ${to} now. Back again: npm run ops -- roll-back --reason "…"`];
      tell({ ...switched, dryRun: options.dryRun ?? false }, lines, options);
    });
    process.exitCode = DONE;
  }

  @Option({ flags: '--to <number>', description: 'the generation to show' })
  to(text: string): number {
    return wholeNumber('--to', text, { min: 1 });
  }

  @Option({ flags: '--approve <why>', description: 'why differences, or no comparison at all, are accepted' })
  approve(text: string): string {
    if (text.trim() === '') throw new WrongUseError('--approve wants a reason.');
    return text.trim();
  }
}
