import { Option, SubCommand } from 'nest-commander';
import { liveGeneration, type Queryable } from '#lib/read-model';
import { WrongUseError } from '../errors.js';
import { DONE } from '../exit-codes.js';
import { inReadModel } from '../in-read-model.js';
import { personId } from '../option-values.js';
import { print } from '../print.js';
import { recordsOfPerson } from '../records-of-person.js';
import { type AnswerOptions, Verb } from '../verb.js';

interface MatchedRecord {
  subject: string;
  source: string;
  reason: string | null;
  modelVersion: string | null;
}

@SubCommand({
  name: 'records',
  description: 'Lists the records that are one person, by their tokens: of which source, why they are that person, by which model.',
  options: { isDefault: true },
})
export class MatchRecordsVerb extends Verb {
  protected override readonly examples = {
    'match records --person 01234567-…': 'the id stands in the address of the person’s page',
  };

  async run(_: string[], options: AnswerOptions & { person?: string }): Promise<void> {
    const { person } = options;
    if (person === undefined) throw new WrongUseError('Say whom: --person.');
    const records = await inReadModel(async (pool) => matchedRecords(pool, await recordsOfPerson(pool, person)));
    print(records, COLUMNS, { json: options.json, whenEmpty: 'Nobody in the index has this id now.' });
    process.exitCode = DONE;
  }

  @Option({ flags: '--person <id>', description: 'the id in the address of the person’s page' })
  person(text: string): string {
    return personId('--person', text);
  }
}

async function matchedRecords(client: Queryable, subjects: readonly string[]): Promise<MatchedRecord[]> {
  const { schema } = await liveGeneration(client);
  const { rows } = await client.query(
    `SELECT subject, source, reason, model_version AS "modelVersion"
     FROM ${schema}.record LEFT JOIN ${schema}.record_person USING (subject) WHERE subject = ANY($1) ORDER BY source, subject`,
    [subjects],
  );
  return rows as MatchedRecord[];
}

const COLUMNS: Record<string, (row: MatchedRecord) => string> = {
  record: ({ subject }) => subject,
  source: ({ source }) => source,
  why: ({ reason }) => reason ?? '',
  model: ({ modelVersion }) => modelVersion ?? '',
};
