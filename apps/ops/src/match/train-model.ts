import { hash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import type { Client } from 'pg';
import { adaptSettings, type Comparable, learnablePairs, loadMatchModel, type MatchSettings, trainRecords } from '#lib/matching';
import { NotDoneError, WrongUseError } from '../errors.js';
import { DONE } from '../exit-codes.js';
import { onRecord, reasonOf } from '../on-record.js';
import { tell } from '../print.js';
import { ProgressLine } from '../progress-line.js';
import type { ChangeOptions } from '../verb.js';
import { withDataKeys } from '../with-data-keys.js';
import { liveSettings } from './live-settings.js';
import { countMatched, openMatched } from './matched-records.js';

/** Held in memory, some 2 kB each. Of a million records it is every tenth, and of their pairs every hundredth. */
const MOST_RECORDS = 100_000;
/** With fewer a level's share would hang on single people. */
const FEWEST_RECORDS = 500;
const FEWEST_PAIRS = 50;

/** Learns weights from the records the matcher holds, and writes them to a new file that can be proposed: shares by level alone, nothing of anybody. */
export async function trainModel(client: Client, file: string, options: ChangeOptions): Promise<number> {
  if (existsSync(file)) throw new WrongUseError(`${file} is there already: name a new file.`);
  const held = await countMatched(client);
  if (held < FEWEST_RECORDS)
    throw new NotDoneError(`The matcher holds ${held} records: weights are learnt from ${FEWEST_RECORDS} or more.`);
  const records = Math.min(held, MOST_RECORDS);
  if (options.dryRun) {
    tell({ records, held, dryRun: true }, [`Weights would be learnt from ${records} of ${held} records.`], options);
    return DONE;
  }
  const reason = reasonOf(options);
  const { settings: live, leftOut } = await liveSettings(client);
  const base = adaptSettings(live).settings;
  const { settings, ...learntFrom } = await onRecord('match model/train', reason, { records, held, base: base.model_version }, () =>
    learn(client, records, base),
  );
  write(file, settings);
  const lines = [
    `${settings.model_version} is written to ${file}, learnt from ${learntFrom.records} of ${held} records: ${learntFrom.ofOneNumber} pairs of one number, ${learntFrom.ofOneNameAndBirth} of one name and birth date.`,
    `Look at it, then: npm run ops -- match model --propose ${file} --reason "…"`,
  ];
  if (leftOut > 0) lines.push(`${leftOut} values that few people have are left out of its term frequencies.`);
  tell({ model: settings.model_version, file, held, leftOut, ...learntFrom }, lines, options);
  return DONE;
}

async function learn(client: Client, most: number, base: MatchSettings) {
  const progress = new ProgressLine();
  try {
    const records = await withDataKeys((keys) => openMatched(client, keys, most, (opened) => progress.say(`${opened} of ${most} records opened`))); // prettier-ignore
    const pairs = enoughPairs(records);
    progress.say(`learning from ${pairs.ofOneNumber} pairs of one number and ${pairs.ofOneNameAndBirth} of one name and birth date`);
    return { settings: named(trainRecords(records, base)), records: records.length, ...pairs };
  } finally {
    progress.end();
  }
}

/** @throws NotDoneError saying of which pairs there are too few */
function enoughPairs(records: readonly Comparable[]) {
  const pairs = learnablePairs(records);
  for (const [what, count] of [['one NHS number or UPN', pairs.ofOneNumber], ['one name and birth date', pairs.ofOneNameAndBirth]] as const)
    if (count < FEWEST_PAIRS) throw new NotDoneError(`There are ${count} pairs of records of ${what}: weights are learnt from ${FEWEST_PAIRS} or more.`); // prettier-ignore
  return pairs;
}

/** The same weights have the same name. */
function named(trained: MatchSettings): MatchSettings {
  const { model_version: _, ...learnt } = trained;
  const settings = { ...trained, model_version: `trained-${hash('sha256', JSON.stringify(learnt), 'hex').slice(0, 8)}` };
  loadMatchModel(settings);
  return settings;
}

function write(file: string, settings: MatchSettings): void {
  try {
    writeFileSync(file, `${JSON.stringify(settings, null, 1)}\n`, { flag: 'wx' });
  } catch (error) {
    throw new NotDoneError(`${file} can't be written (${String((error as { code?: unknown }).code)}).`);
  }
}
