import { Command, Option } from 'nest-commander';
import { allGenerations, type ReadModelPool } from '#lib/read-model';
import { WrongUseError } from '../errors.js';
import { DONE, LOOK_AT_THIS } from '../exit-codes.js';
import { askAndFollow } from '../follow-request.js';
import { inReadModel } from '../in-read-model.js';
import { share, wholeNumber } from '../option-values.js';
import { tell } from '../print.js';
import { differencesOf, differenceTable } from '../read-differences.js';
import { type AnswerOptions, Verb } from '../verb.js';

interface CompareOptions extends AnswerOptions {
  generation?: number;
  share?: number;
  reason?: string;
}

@Command({ name: 'compare', description: 'Compares a generation with the live one, field by field. Exit code 3 when they differ.' })
export class CompareVerb extends Verb {
  protected override readonly examples = {
    compare: 'everything, of the one generation that is ready',
    'compare --generation 7 --share 0.05': 'the records of one person in twenty, the same people every time',
  };

  async run(_: string[], options: CompareOptions): Promise<void> {
    process.exitCode = await inReadModel(async (pool) => {
      const generation = options.generation ?? (await theReadyOne(pool));
      const { id, outcome } = await askAndFollow(pool, {
        verb: 'compare',
        arguments: { generation, share: options.share ?? 1 },
        reason: options.reason ?? 'comparison',
      });
      const { live, rows, differences, undecided } = outcome;
      const fields = Number(differences) > 0 ? await differencesOf(pool, id) : [];
      const lines = [
        `${String(rows)} rows of generation ${String(live)} (here, live) and ${generation} (there): ${String(differences)} differ.`,
        ...(rows === 0 ? ['Nothing was compared: no record is assigned to a person in this share. Compare everything.'] : []),
        ...(Number(undecided) > 0 ? [`${String(undecided)} rows kept changing, or were too many to look at twice: compare again.`] : []),
        ...(fields.length > 0 ? [differenceTable(fields), 'Values are digests. Switch with --approve "why", or mend and rebuild.'] : []),
      ];
      tell({ ...outcome, fields }, lines, options);
      return rows === 0 || Number(differences) > 0 || Number(undecided) > 0 ? LOOK_AT_THIS : DONE;
    });
  }

  @Option({ flags: '--generation <number>', description: 'which one (the only one that is ready, unless said)' })
  generation(text: string): number {
    return wholeNumber('--generation', text, { min: 1 });
  }

  @Option({ flags: '--share <share>', description: 'of all people: 0.05 is one in twenty (1, everything, unless said)' })
  share(text: string): number {
    return share('--share', text);
  }

  @Option({ flags: '--reason <why>', description: 'why; the comparison goes on record' })
  reason(text: string): string {
    return text;
  }
}

async function theReadyOne(pool: ReadModelPool): Promise<number> {
  const ready = (await allGenerations(pool)).filter(({ state }) => state === 'ready');
  if (ready.length === 1) return ready[0]!.id;
  throw new WrongUseError(
    ready.length === 0
      ? 'No generation is ready to be compared. See npm run ops -- generations; name a retired one with --generation.'
      : `Say which with --generation: ${ready.map(({ id }) => id).join(', ')} are ready.`,
  );
}
