import { Command, Option } from 'nest-commander';
import { dropGeneration, generationNumbered } from '#lib/read-model';
import { WrongUseError } from '../errors.js';
import { DONE } from '../exit-codes.js';
import { inReadModel } from '../in-read-model.js';
import { onRecord, reasonOf } from '../on-record.js';
import { wholeNumber } from '../option-values.js';
import { tell } from '../print.js';
import { type ChangeOptions, ChangingVerb } from '../verb.js';

@Command({ name: 'drop', description: 'Drops the tables of a generation that nobody needs any more. Never the live one.' })
export class DropVerb extends ChangingVerb {
  protected override readonly examples = {
    'drop --generation 6 --dry-run': 'how much room it takes',
    'drop --generation 6 --reason "7 is live for a week"': 'for good; only the logs could build it again',
  };

  async run(_: string[], options: ChangeOptions & { generation?: number }): Promise<void> {
    const { generation } = options;
    if (generation === undefined) throw new WrongUseError('Say which: --generation. See npm run ops -- generations.');
    const reason = options.dryRun ? '' : reasonOf(options);
    await inReadModel(async (pool) => {
      const { state, schema } = await generationNumbered(pool, generation);
      const { rows } = await pool.query(
        `SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint AS bytes FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname = $1 AND c.relkind = 'r'`,
        [schema],
      );
      const { bytes } = rows[0] as { bytes: number };
      const room = `${(bytes / 1_048_576).toFixed(1)} MB`;
      if (options.dryRun) {
        await dropGeneration(pool, generation, { dryRun: true });
        return tell(
          { generation, state, bytes, dryRun: true },
          [`Generation ${generation} (${state}) would be dropped, ${room}.`],
          options,
        );
      }
      await onRecord('drop', reason, { generation, state, bytes }, () => dropGeneration(pool, generation));
      return tell(
        { generation, state: 'dropped', bytes, dryRun: false },
        [`Generation ${generation} is dropped, ${room} are free.`],
        options,
      );
    });
    process.exitCode = DONE;
  }

  @Option({ flags: '--generation <number>', description: 'the generation to drop' })
  generation(text: string): number {
    return wholeNumber('--generation', text, { min: 1 });
  }
}
