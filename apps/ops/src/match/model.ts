import { readFileSync } from 'node:fs';
import { Option, SubCommand } from 'nest-commander';
import type { Client } from 'pg';
import { NotDoneError, WrongUseError } from '../errors.js';
import { DONE, LOOK_AT_THIS } from '../exit-codes.js';
import { inMatcher } from '../in-matcher.js';
import { wholeNumber } from '../option-values.js';
import { instantWords, print, tell } from '../print.js';
import { type ChangeOptions, ChangingVerb } from '../verb.js';
import { compareModels } from './compare-models.js';
import { comparisonLines } from './comparison-lines.js';
import { liveSettings } from './live-settings.js';
import { allModels, type ListedModel, progressOf, theBuiltOne } from './models.js';
import { approve, dropIt, goBack, proposeFile, switchTo } from './steer-models.js';
import { trainModel } from './train-model.js';

const PAIRS_SHOWN = 10;
/** As many as a person may want to read, and a shell can hold. */
const MOST_PAIRS = 10_000;

interface ModelOptions extends ChangeOptions {
  print?: boolean;
  train?: string;
  propose?: string;
  compare?: boolean;
  pairs?: number;
  approve?: string;
  switch?: boolean;
  back?: boolean;
  drop?: boolean;
}

@SubCommand({
  name: 'model',
  description: 'By which model records are matched; another is proposed, compared, approved by a second person, and switched to.',
})
export class MatchModelVerb extends ChangingVerb {
  protected override readonly examples = {
    'match model': 'the live model, those before it, and how far a proposed one is',
    'match model --print': 'the settings of the live model; to a file with npm run --silent ops -- match model --print > model.json',
    'match model --train trained.json --reason "a year of records"':
      'weights learnt from the records that the matcher holds, without labels, in a new file to look at and propose; nothing of anybody is in it',
    'match model --propose model.json --reason "trained on this year"':
      'the matcher works it out beside the live one, which goes on deciding; a mistake in the file is said at once',
    'match model --compare':
      'joins gained and lost, by sources; people split and merged; what stewards have ruled otherwise; some of the pairs',
    'match model --compare --pairs 500 --json': 'up to 500 pairs lost and 500 gained, with what either model says of each',
    'match model --approve 3f9a12bc --reason "40 lost joins looked at, all of twins"':
      'just what that comparison counted; not by who proposed it',
    'match model --switch --reason "tonight"': 'it becomes the live one, and what it decides otherwise is sent',
    'match model --back --reason "too many reviews"': 'proposes the model before again',
    'match model --drop --reason "wrong file"': 'ends the proposal, and leaves nothing of it',
  };

  async run(_: string[], options: ModelOptions): Promise<void> {
    const acts = (['print', 'train', 'propose', 'compare', 'approve', 'switch', 'back', 'drop'] as const).filter(
      (act) => options[act] !== undefined,
    );
    if (acts.length > 1) throw new WrongUseError(`Either --${acts.join(' or --')}, not both.`);
    const [act] = acts;
    if (options.pairs !== undefined && act !== 'compare') throw new WrongUseError('--pairs goes with --compare.');
    process.exitCode = await inMatcher((client) => {
      if (act === 'print') return printLive(client, options);
      if (act === 'train') return trainModel(client, options.train!, options);
      if (act === 'propose') return proposeFile(client, readFile(options.propose!), options);
      if (act === 'compare') return compare(client, options);
      if (act === 'approve') return approve(client, options.approve!, options);
      if (act === 'switch') return switchTo(client, options);
      if (act === 'back') return goBack(client, options);
      return act === 'drop' ? dropIt(client, options) : list(client, options);
    });
  }

  @Option({ flags: '--print', description: 'the settings of the live model, in the shape of Splink 4' })
  print(): boolean {
    return true;
  }

  @Option({ flags: '--train <file>', description: 'learn weights from the records that are held, and write them to this new file' })
  train(file: string): string {
    return file;
  }

  @Option({ flags: '--propose <file>', description: 'settings of a model, in the shape of Splink 4' })
  propose(file: string): string {
    return file;
  }

  @Option({ flags: '--compare', description: 'what the proposed one decides otherwise' })
  compare(): boolean {
    return true;
  }

  @Option({ flags: '--pairs <count>', description: `with --compare, so many pairs lost and so many gained, ${PAIRS_SHOWN} unless said` })
  pairs(text: string): number {
    return wholeNumber('--pairs', text, { min: 1, max: MOST_PAIRS });
  }

  @Option({ flags: '--approve <code>', description: 'the comparison that was looked at' })
  approve(code: string): string {
    return code;
  }

  @Option({ flags: '--switch', description: 'let the approved one decide' })
  switch(): boolean {
    return true;
  }

  @Option({ flags: '--back', description: 'propose the one before again' })
  back(): boolean {
    return true;
  }

  @Option({ flags: '--drop', description: 'end the proposal' })
  drop(): boolean {
    return true;
  }
}

async function list(client: Client, options: ModelOptions): Promise<number> {
  refuseChange(options);
  const models = await allModels(client);
  print(models, COLUMNS, { json: options.json, whenEmpty: 'None was ever proposed: MATCH_MODEL_FILE names the model, or it is the built-in one.' }); // prettier-ignore
  return DONE;
}

/** The file alone on stdout; what was left out of it is said beside. */
async function printLive(client: Client, options: ModelOptions): Promise<number> {
  refuseChange(options);
  const { settings, leftOut } = await liveSettings(client);
  console.log(JSON.stringify(settings, null, 1));
  if (leftOut > 0) console.error(`${leftOut} names and values that fewer than 100 people have are left out.`);
  return DONE;
}

function refuseChange(options: ModelOptions): void {
  if (options.reason !== undefined || options.dryRun) throw new WrongUseError('Nothing is changed without --train, --propose, --approve, --switch, --back or --drop.'); // prettier-ignore
}

async function compare(client: Client, options: ModelOptions): Promise<number> {
  const candidate = await theBuiltOne(client);
  if (candidate.wanted !== null) throw new NotDoneError(`Model ${candidate.id} is not compared any more: the matcher was asked to ${candidate.wanted} it.`); // prettier-ignore
  const comparison = await compareModels(client, candidate, options.pairs ?? PAIRS_SHOWN);
  tell({ model: candidate.id, version: candidate.version, ...comparison }, comparisonLines(candidate, comparison), options);
  return comparison.pairs.length > 0 ? LOOK_AT_THIS : DONE;
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new WrongUseError(`${path} can't be read (${String((error as { code?: unknown }).code)}).`);
  }
}

const COLUMNS: Record<string, (model: ListedModel) => string> = {
  model: ({ id }) => String(id),
  version: ({ version }) => version ?? '',
  state: ({ state }) => state,
  progress: progressOf,
  'proposed by': ({ proposedBy }) => proposedBy,
  at: ({ proposedAt }) => instantWords(proposedAt.getTime()),
  'compared at': ({ comparedAt }) => instantWords(comparedAt?.getTime() ?? null),
  'approved by': ({ approvedBy }) => approvedBy ?? '',
};
