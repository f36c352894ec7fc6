import { Option, SubCommand } from 'nest-commander';
import type { Queryable } from '#lib/read-model';
import { NotDoneError, WrongUseError } from '../errors.js';
import { DONE } from '../exit-codes.js';
import { inReadModel } from '../in-read-model.js';
import { onRecord, reasonOf } from '../on-record.js';
import { decisionId } from '../option-values.js';
import { instantWords, print, tell } from '../print.js';
import { type ChangeOptions, ChangingVerb } from '../verb.js';

interface OpenDoubt {
  doubt: string;
  record: string;
  person: string;
  hides: boolean;
  because: string;
  raisedAt: number;
}

@SubCommand({
  name: 'doubts',
  description: 'Lists the records that readers have doubted to be of whom they are shown with; settles one as belonging there.',
})
export class MatchDoubtsVerb extends ChangingVerb {
  protected override readonly examples = {
    'match doubts': 'what waits for stewards, by tokens and opaque ids; of whom it is, nothing is told',
    'match doubts --belongs 01234567-… --reason "confirmed by the police; no steward is left who could"': 'its facts are shown again',
  };

  async run(_: string[], options: ChangeOptions & { belongs?: string }): Promise<void> {
    const { belongs: doubt } = options;
    process.exitCode = DONE;
    if (doubt === undefined) {
      if (options.reason !== undefined || options.dryRun) throw new WrongUseError('Nothing is changed without --belongs.');
      print(await inReadModel(openDoubts), COLUMNS, { json: options.json, whenEmpty: 'No record is doubted.' });
      return;
    }
    const reason = options.dryRun ? '' : reasonOf(options);
    await inReadModel(async (pool) => {
      const found = (await openDoubts(pool)).find((one) => one.doubt === doubt);
      if (!found) throw new NotDoneError('No such doubt is open. See npm run ops -- match doubts.');
      if (!options.dryRun)
        await onRecord('match doubts', reason, { doubt, record: found.record }, (who) => pool.query(SETTLE, [doubt, who]));
      const did = options.dryRun ? 'Would be settled' : 'Settled';
      tell({ ...found, dryRun: options.dryRun ?? false }, [`${did}: the record ${found.record} belongs where it is.`], options);
    });
  }

  @Option({ flags: '--belongs <id>', description: 'the doubt, as this verb lists it: the record is of whom it is shown with' })
  belongs(text: string): string {
    return decisionId('--belongs', text);
  }
}

async function openDoubts(client: Queryable): Promise<OpenDoubt[]> {
  const { rows } = await client.query(`
    SELECT id AS doubt, subject AS record, person, hides, reason AS because, (extract(epoch FROM raised_at) * 1000)::float8 AS "raisedAt"
    FROM decided.doubt WHERE settled_at IS NULL ORDER BY raised_at, id`);
  return rows as OpenDoubt[];
}

const SETTLE = `
  UPDATE decided.doubt SET settled_at = clock_timestamp(), settled_as = 'same', settled_by = $2 WHERE id = $1 AND settled_at IS NULL`;

const COLUMNS: Record<string, (row: OpenDoubt) => string> = {
  doubt: ({ doubt }) => doubt,
  record: ({ record }) => record,
  'shown with': ({ person }) => person,
  hides: ({ hides }) => (hides ? 'yes' : 'no'),
  because: ({ because }) => because,
  since: ({ raisedAt }) => instantWords(raisedAt),
};
