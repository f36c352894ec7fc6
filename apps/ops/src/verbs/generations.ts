import { Command } from 'nest-commander';
import { DONE, LOOK_AT_THIS } from '../exit-codes.js';
import { inReadModel } from '../in-read-model.js';
import { type ComparedGeneration, comparedGenerations } from '../listed-generations.js';
import { instantWords, print } from '../print.js';
import { type AnswerOptions, Verb } from '../verb.js';

@Command({
  name: 'generations',
  description: 'Lists every generation of the read model: which is live, what is being built, what was compared.',
})
export class GenerationsVerb extends Verb {
  protected override readonly examples = {
    generations: 'all of them, oldest first; exit code 3 when a build has failed',
    'generations --json': 'the same for a script',
  };

  async run(_: string[], options: AnswerOptions): Promise<void> {
    const generations = await inReadModel(comparedGenerations);
    print(generations, COLUMNS, { json: options.json, whenEmpty: 'There is no generation. Run npm run ops -- prepare.' });
    process.exitCode = generations.some(({ failure }) => failure !== null) ? LOOK_AT_THIS : DONE;
  }
}

const COLUMNS: Record<string, (row: ComparedGeneration) => string> = {
  generation: (row) => String(row.id),
  state: (row) => row.state,
  stage: (row) => (row.wanted === 'run' ? row.stage : `${row.stage}, ${row.wanted} wanted`),
  fold: (row) => String(row.foldVersion),
  events: (row) =>
    row.eventsTotal === null ? '' : row.state === 'building' ? `${row.eventsDone}/${row.eventsTotal}` : String(row.eventsDone),
  'per second': (row) => (row.perSecond === null ? '' : row.perSecond.toFixed(0)),
  throttle: (row) => (row.throttle === null ? 'none' : `${row.throttle}/s`),
  built: (row) => instantWords(row.readyAt),
  'went live': (row) => instantWords(row.switchedAt),
  compared: ({ lastComparison: last }) =>
    last === null ? 'never' : `${last.rows} rows, ${last.differences} differences, ${instantWords(last.comparedAt)}`,
  failure: (row) => row.failure ?? '',
};
