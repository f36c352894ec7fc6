import { Command, Option } from 'nest-commander';
import { type ProblemWaiting, problemsWaiting, type ReadModelPool } from '#lib/read-model';
import { type Answerer, answererOf } from '../answerer-of.js';
import { WrongUseError } from '../errors.js';
import { DONE, LOOK_AT_THIS } from '../exit-codes.js';
import { inReadModel } from '../in-read-model.js';
import { onRecord, reasonOf } from '../on-record.js';
import { instantWords, print } from '../print.js';
import { type ChangeOptions, ChangingVerb } from '../verb.js';

type Listed = ProblemWaiting & { of: Answerer | null };

@Command({
  name: 'problems',
  arguments: '[list]',
  description:
    'Lists the problems readers reported that nobody has answered yet; passes on those that are overdue. Exit code 3 when any is.',
})
export class ProblemsVerb extends ChangingVerb {
  protected override readonly examples = {
    'problems list': 'what waits, since when, and whose answer is awaited; nothing of whom it is about',
    'problems --escalate --reason "each morning"': 'names those whom nobody has told yet that it is their turn, each once: write to them',
  };

  async run([list]: string[], options: ChangeOptions & { escalate?: true }): Promise<void> {
    if (list !== undefined && list !== 'list') throw new WrongUseError('Say: problems list, or problems --escalate.');
    if (options.escalate === undefined) {
      if (options.reason !== undefined || options.dryRun) throw new WrongUseError('Nothing is changed without --escalate.');
      const waiting = (await inReadModel(problemsWaiting)).map(withAnswerer);
      print(waiting, COLUMNS, { json: options.json, whenEmpty: 'Every problem has an answer.' });
      process.exitCode = waiting.some(({ overdue }) => overdue) ? LOOK_AT_THIS : DONE;
      return;
    }
    const reason = options.dryRun ? '' : reasonOf(options);
    await inReadModel(async (pool) => {
      const passedOn = (await problemsWaiting(pool)).filter(({ overdue, told }) => overdue && !told).map(withAnswerer);
      if (passedOn.length > 0 && !options.dryRun) await passOn(pool, passedOn, reason);
      print(passedOn, COLUMNS, { json: options.json, whenEmpty: 'Nobody has to be told of anything.' });
      process.exitCode = passedOn.length > 0 ? LOOK_AT_THIS : DONE;
    });
  }

  @Option({ flags: '--escalate', description: 'passes on what is overdue, to the second owner or the data analyst' })
  escalate(): boolean {
    return true;
  }
}

const withAnswerer = (one: ProblemWaiting): Listed => ({ ...one, of: answererOf(one) });

async function passOn(pool: ReadModelPool, passedOn: readonly Listed[], reason: string): Promise<void> {
  const [ids, to] = [passedOn.map(({ id }) => id), passedOn.map(({ waitsFor }) => waitsFor)];
  await onRecord('problems/escalate', reason, { problems: ids }, (who) => pool.query(PASS_ON, [ids, to, who]));
}

const PASS_ON = `
  INSERT INTO decided.problem_escalation (ask, to_whom, told_by) SELECT ask, to_whom, $3 FROM unnest($1::uuid[], $2::text[]) AS one (ask, to_whom)
  ON CONFLICT DO NOTHING`;

const COLUMNS: Record<string, (row: Listed) => string> = {
  problem: ({ id }) => id,
  source: ({ source }) => source ?? 'data analysts alone',
  about: ({ service, value }) => service ?? value ?? '',
  what: ({ category }) => category,
  reported: ({ reportedAt }) => instantWords(reportedAt),
  due: ({ dueAt }) => instantWords(dueAt),
  'waits for': ({ waitsFor, of }) => (of === null ? waitsFor : `${waitsFor}, ${of.name} <${of.email}>`),
};
