import { Command, Option } from 'nest-commander';
import type { Queryable } from '#lib/read-model';
import { NotDoneError, WrongUseError } from '../errors.js';
import { DONE } from '../exit-codes.js';
import { inReadModel } from '../in-read-model.js';
import { onRecord, reasonOf } from '../on-record.js';
import { decisionId } from '../option-values.js';
import { instantWords, print, tell } from '../print.js';
import { type ChangeOptions, ChangingVerb } from '../verb.js';

interface Declared {
  declaration: string;
  reader: string;
  declaredAt: number;
}

@Command({ name: 'declarations', description: 'Lists who has said to know whom, by opaque ids; withdraws one that was a mistake.' })
export class DeclarationsVerb extends ChangingVerb {
  protected override readonly examples = {
    declarations: 'who has said so, and when; of whom, nothing is told',
    'declarations --withdraw 01234567-… --reason "said of the wrong person, confirmed by the manager"':
      'the record opens to that reader again',
  };

  async run(_: string[], options: ChangeOptions & { withdraw?: string }): Promise<void> {
    const { withdraw: declaration } = options;
    process.exitCode = DONE;
    if (declaration === undefined) {
      if (options.reason !== undefined || options.dryRun) throw new WrongUseError('Nothing is changed without --withdraw.');
      print(await inReadModel(inForce), COLUMNS, { json: options.json, whenEmpty: 'Nobody has said to know anybody.' });
      return;
    }
    const reason = options.dryRun ? '' : reasonOf(options);
    await inReadModel(async (pool) => {
      const found = (await inForce(pool)).find((one) => one.declaration === declaration);
      if (!found) throw new NotDoneError('No such declaration is in force. See npm run ops -- declarations.');
      if (!options.dryRun)
        await onRecord('declarations/withdraw', reason, { declaration, reader: found.reader }, (who) =>
          pool.query(WITHDRAW, [declaration, who, reason]),
        );
      tell(
        { ...found, dryRun: options.dryRun ?? false },
        [`${options.dryRun ? 'Would withdraw' : 'Withdrawn'}: ${declaration}, of ${found.reader}.`],
        options,
      );
    });
  }

  @Option({ flags: '--withdraw <id>', description: 'the declaration, as this verb lists it' })
  withdraw(text: string): string {
    return decisionId('--withdraw', text);
  }
}

async function inForce(client: Queryable): Promise<Declared[]> {
  const { rows } = await client.query(`
    SELECT declaration, min(reader) AS reader, (extract(epoch FROM min(declared_at)) * 1000)::float8 AS "declaredAt"
    FROM decided.declaration WHERE withdrawn_at IS NULL GROUP BY declaration ORDER BY min(declared_at)`);
  return rows as Declared[];
}

const WITHDRAW = `
  UPDATE decided.declaration SET withdrawn_by = $2, withdrawn_at = now(), withdrawn_because = $3
  WHERE declaration = $1 AND withdrawn_at IS NULL`;

const COLUMNS: Record<string, (row: Declared) => string> = {
  declaration: ({ declaration }) => declaration,
  reader: ({ reader }) => reader,
  since: ({ declaredAt }) => instantWords(declaredAt),
};
