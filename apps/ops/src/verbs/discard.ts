import { Command } from 'nest-commander';
import { DONE } from '../exit-codes.js';
import { askAndFollow } from '../follow-request.js';
import { inReadModel } from '../in-read-model.js';
import { reasonOf } from '../on-record.js';
import { chosenParked, chosenWords, countChosen, type ParkedChoiceOptions, ParkedChoiceVerb } from '../parked-choice.js';
import { tell } from '../print.js';

@Command({ name: 'discard', description: 'Lets go of parked events for good. The log keeps them; a rebuild lets go of them again.' })
export class DiscardVerb extends ParkedChoiceVerb {
  protected override readonly examples = {
    'discard --at involvement-log/2@4711 --dry-run': 'whether it is there',
    'discard --at involvement-log/2@4711 --reason "noise of a load test"': 'one, as "parked" names it',
    'discard --source insight --reason "sent again since, correctly"': 'those of one source',
  };

  async run(_: string[], options: ParkedChoiceOptions): Promise<void> {
    const filter = chosenParked(options);
    const reason = options.dryRun ? '' : reasonOf(options);
    await inReadModel(async (pool) => {
      if (options.dryRun) {
        const counts = await countChosen(pool, options);
        return tell({ counts, dryRun: true }, [`${chosenWords(counts)} would be discarded.`], options);
      }
      const { outcome } = await askAndFollow(pool, { verb: 'discard', arguments: filter, reason });
      return tell(outcome, [`${String(outcome.discarded)} discarded.`], options);
    });
    process.exitCode = DONE;
  }
}
