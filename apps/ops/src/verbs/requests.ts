import { Command, Option } from 'nest-commander';
import { lastRequests, type OperatorRequest } from '#lib/read-model';
import { DONE, LOOK_AT_THIS } from '../exit-codes.js';
import { inReadModel } from '../in-read-model.js';
import { wholeNumber } from '../option-values.js';
import { ago, instantWords, print } from '../print.js';
import { type AnswerOptions, Verb } from '../verb.js';

@Command({ name: 'requests', description: 'Lists what was asked of the upkeep process: by whom, why, and what came of it.' })
export class RequestsVerb extends Verb {
  protected override readonly examples = {
    requests: 'the last 20, newest first; exit code 3 when the newest one failed',
    'requests --last 100 --json': 'more, for a script',
  };

  async run(_: string[], options: AnswerOptions & { last?: number }): Promise<void> {
    const requests = await inReadModel((pool) => lastRequests(pool, options.last ?? 20));
    print(requests, COLUMNS, { json: options.json, whenEmpty: 'Nothing was asked for yet.' });
    process.exitCode = requests[0]?.state === 'failed' ? LOOK_AT_THIS : DONE;
  }

  @Option({ flags: '--last <count>', description: 'so many of the newest (20 unless said)' })
  last(text: string): number {
    return wholeNumber('--last', text, { min: 1, max: 10_000 });
  }
}

const COLUMNS: Record<string, (row: OperatorRequest) => string> = {
  asked: (row) => instantWords(row.askedAt),
  verb: (row) => row.verb,
  of: (row) => JSON.stringify(row.arguments),
  state: (row) => row.state,
  took: ({ takenAt, endedAt }) => (takenAt === null ? '' : ago(((endedAt ?? Date.now()) - takenAt) / 1_000)),
  who: (row) => row.askedBy,
  why: (row) => row.reason,
  outcome: (row) => JSON.stringify(row.outcome ?? row.progress ?? {}),
};
