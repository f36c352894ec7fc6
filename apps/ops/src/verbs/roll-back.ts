import { Command } from 'nest-commander';
import { allGenerations, type ListedGeneration, liveGeneration, switchGeneration, WrongGenerationError } from '#lib/read-model';
import { DONE } from '../exit-codes.js';
import { inReadModel } from '../in-read-model.js';
import { onRecord, reasonOf } from '../on-record.js';
import { onceKeptUp } from '../once-kept-up.js';
import { tell } from '../print.js';
import { type ChangeOptions, ChangingVerb } from '../verb.js';

@Command({ name: 'roll-back', description: 'Lets readers see the generation again that was live before.' })
export class RollBackVerb extends ChangingVerb {
  protected override readonly examples = {
    'roll-back --dry-run': 'to which one, and whether it would be refused',
    'roll-back --reason "panels are empty"': 'at once; a second time goes forward again',
  };

  async run(_: string[], options: ChangeOptions): Promise<void> {
    const reason = options.dryRun ? '' : reasonOf(options);
    await inReadModel(async (pool) => {
      const to = lastLive(await allGenerations(pool)).id;
      const { id } = await liveGeneration(pool);
      const act = () => onceKeptUp(() => switchGeneration(pool, { to, dryRun: options.dryRun }));
      const switched = options.dryRun ? await act() : await onRecord('roll-back', reason, { from: id, to }, act);
      const tense = options.dryRun ? 'would see' : 'see';
      tell(
        { ...switched, dryRun: options.dryRun ?? false },
        [`Readers ${tense} generation ${to} again, instead of ${switched.from}.`],
        options,
      );
    });
    process.exitCode = DONE;
  }
}

/** The one that readers ceased to see last. */
export function lastLive(generations: readonly ListedGeneration[]): ListedGeneration {
  const retired = generations.filter(({ state }) => state === 'retired');
  const [last] = retired.sort((a, b) => (b.retiredAt ?? 0) - (a.retiredAt ?? 0) || b.id - a.id);
  if (!last) throw new WrongGenerationError('There is none to go back to: no generation that was live before is kept.');
  return last;
}
