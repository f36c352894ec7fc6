import { randomUUID } from 'node:crypto';
import { Command, Option } from 'nest-commander';
import type { Queryable } from '#lib/read-model';
import { NotDoneError, WrongUseError } from '../errors.js';
import { DONE } from '../exit-codes.js';
import { inReadModel } from '../in-read-model.js';
import { onRecord, reasonOf } from '../on-record.js';
import { personId } from '../option-values.js';
import { instantWords, print, tell } from '../print.js';
import { recordsOfPerson } from '../records-of-person.js';
import { type ChangeOptions, ChangingVerb } from '../verb.js';

interface InForce {
  decision: string;
  records: number;
  setBy: string;
  setAt: number;
  reason: string;
}

@Command({
  name: 'restrict',
  description: 'Lists the restrictions set by hand; restricts a person, who then looks like somebody who is not there.',
})
export class RestrictVerb extends ChangingVerb {
  protected override readonly examples = {
    restrict: 'the restrictions in force that were set by hand: when, by whom, why',
    'restrict --person 01234567-… --dry-run': 'how many records that concerns; the id stands in the address of the person’s page',
    'restrict --person 01234567-… --reason "threats against the carers, strategy meeting of 3 May"':
      'at once, and whatever the sources send or the matcher decides afterwards',
  };

  async run(_: string[], options: ChangeOptions & { person?: string }): Promise<void> {
    const { person } = options;
    process.exitCode = DONE;
    if (person === undefined) {
      if (options.reason !== undefined || options.dryRun) throw new WrongUseError('Say whom: --person.');
      print(await inReadModel(restrictionsInForce), COLUMNS, { json: options.json, whenEmpty: 'Nobody is restricted by hand.' });
      return;
    }
    const reason = options.dryRun ? '' : reasonOf(options);
    await inReadModel(async (pool) => {
      const subjects = await recordsOfPerson(pool, person);
      if (subjects.length === 0)
        throw new NotDoneError('Nobody in the index has this id now: take the one that the address of their page holds.');
      const count = `${subjects.length} ${subjects.length === 1 ? 'record' : 'records'}`;
      if (options.dryRun) return tell({ records: subjects.length, dryRun: true }, [`${count} would be restricted.`], options);
      const decision = randomUUID();
      await onRecord('restrict', reason, { decision, person, records: subjects.length }, (who) =>
        pool.query(RESTRICT, [decision, subjects, who, reason]),
      );
      const lines = [`Restricted: ${count}, by the decision ${decision}.`, `npm run ops -- unrestrict --decision ${decision} lifts it.`];
      return tell({ decision, records: subjects.length, dryRun: false }, lines, options);
    });
  }

  @Option({ flags: '--person <id>', description: 'the id in the address of the person’s page' })
  person(text: string): string {
    return personId('--person', text);
  }
}

async function restrictionsInForce(client: Queryable): Promise<InForce[]> {
  const { rows } = await client.query(`
    SELECT decision, count(*)::int AS records, min(set_by) AS "setBy", (extract(epoch FROM min(set_at)) * 1000)::float8 AS "setAt",
           min(reason) AS reason
    FROM decided.restriction WHERE lifted_at IS NULL GROUP BY decision ORDER BY min(set_at)`);
  return rows as InForce[];
}

const RESTRICT = 'INSERT INTO decided.restriction (decision, subject, set_by, reason) SELECT $1, unnest($2::uuid[]), $3, $4';

const COLUMNS: Record<string, (row: InForce) => string> = {
  decision: ({ decision }) => decision,
  records: ({ records }) => String(records),
  by: ({ setBy }) => setBy,
  since: ({ setAt }) => instantWords(setAt),
  why: ({ reason }) => reason,
};
