import { Command } from 'nest-commander';
import { DONE, LOOK_AT_THIS } from '../exit-codes.js';
import { askAndFollow } from '../follow-request.js';
import { inReadModel } from '../in-read-model.js';
import { reasonOf } from '../on-record.js';
import { chosenParked, chosenWords, countChosen, type ParkedChoiceOptions, ParkedChoiceVerb } from '../parked-choice.js';
import { tell } from '../print.js';

@Command({ name: 'redrive', description: 'Folds parked events again, once what held them is mended. Exit code 3 when some stay parked.' })
export class RedriveVerb extends ParkedChoiceVerb {
  protected override readonly examples = {
    'redrive --code key-missing --dry-run': 'how many that would be',
    'redrive --code key-missing --reason "key store restored"': 'those held for this reason',
    'redrive --source mosaic --reason "schema deployed"': 'those of one source',
    'redrive --at involvement-log/2@4711 --reason "trying one first"': 'one, as "parked" names it',
  };

  async run(_: string[], options: ParkedChoiceOptions): Promise<void> {
    const filter = chosenParked(options);
    const reason = options.dryRun ? '' : reasonOf(options);
    process.exitCode = await inReadModel(async (pool) => {
      if (options.dryRun) {
        const counts = await countChosen(pool, options);
        tell({ counts, dryRun: true }, [`${chosenWords(counts)} would be folded again.`], options);
        return DONE;
      }
      const { outcome } = await askAndFollow(pool, { verb: 'redrive', arguments: filter, reason });
      const { released, refused, stillParked } = outcome;
      const lines = [
        `${String(released)} released, ${String(refused)} refused again, ${String(stillParked)} still parked.`,
        ...(Number(stillParked) > 0 ? ['Not drained: see npm run ops -- parked for the reason each has now.'] : ['Drained.']),
      ];
      tell({ ...outcome, drained: stillParked === 0 }, lines, options);
      return Number(stillParked) > 0 ? LOOK_AT_THIS : DONE;
    });
  }
}
