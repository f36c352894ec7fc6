import type { Client } from 'pg';
import { adaptSettings, loadMatchModel, type MatchSettings, publishableSettings, publishableWithoutRare } from '#lib/matching';
import { NotDoneError, WrongUseError } from '../errors.js';
import { DONE } from '../exit-codes.js';
import { onRecord, reasonOf } from '../on-record.js';
import { tell } from '../print.js';
import type { ChangeOptions } from '../verb.js';
import { codeOf, refuseMoved } from './compare-models.js';
import { askMatcher, formerModel, type ListedModel, peopleNow, propose, theBuiltOne, theCandidate } from './models.js';

/** As much as one message of the log takes. */
const LARGEST_SETTINGS = 900_000;
const DROPPED_WITHIN_MS = 15_000;
const SWITCHED_WITHIN_MS = 600_000;

/** Proposes the settings in a file, once nothing in them is wrong. */
export async function proposeFile(client: Client, text: string, options: ChangeOptions): Promise<number> {
  const people = await peopleNow(client);
  const { settings, version } = proposable(() => {
    const stated = JSON.parse(text) as MatchSettings;
    loadMatchModel(stated);
    return publishableSettings(stated, people);
  });
  if (options.dryRun)
    tell({ version, dryRun: true }, [`Nothing is wrong with ${version}: it would be worked out beside the live model.`], options);
  else await proposed(client, 'match model/propose', settings, version, options);
  return DONE;
}

/** Proposes the model before. */
export async function goBack(client: Client, options: ChangeOptions): Promise<number> {
  const former = await formerModel(client);
  const people = await peopleNow(client);
  let leftOut = 0;
  const { settings, version } = proposable(() => {
    const stated = JSON.parse(former.settings) as MatchSettings;
    // What the log tells already is told again as it was, even where another version of ours has approved it.
    if (former.inLog) return stated;
    const common = publishableWithoutRare(adaptSettings(stated).settings, people);
    leftOut = common.leftOut;
    return common.settings;
  });
  const without =
    leftOut === 0
      ? []
      : [
          `${leftOut} names and values that fewer than 100 people have are left out of it, as they would stand in identity-log for ever. They weigh as any other now, more than before where they are common: look at the joins gained.`,
        ];
  if (options.dryRun) tell({ version, leftOut, dryRun: true }, [`${version} would be proposed again.`, ...without], options);
  else await proposed(client, 'match model/back', settings, version, options, without);
  return DONE;
}

async function proposed(
  client: Client,
  verb: string,
  settings: string,
  version: string,
  options: ChangeOptions,
  more: readonly string[] = [],
): Promise<void> {
  const reason = reasonOf(options);
  const id = await onRecord(verb, reason, { version }, (who) => propose(client, settings, who, reason));
  const lines = [
    `${version} is proposed, as model ${id}, and is worked out beside the live one.`,
    ...more,
    'How far it is: npm run ops -- match model',
  ];
  tell({ model: id, version, dryRun: false }, lines, options);
}

/** Approves what one comparison has counted. */
export async function approve(client: Client, code: string, options: ChangeOptions): Promise<number> {
  const reason = options.dryRun ? '' : reasonOf(options);
  const candidate = await theBuiltOne(client);
  if (candidate.comparison === null || codeOf(candidate.comparison) !== code)
    throw new WrongUseError(`No comparison ${code} of model ${candidate.id} stands: look again, npm run ops -- match model --compare.`);
  const act = async (who: string) => {
    if (who === candidate.proposedBy) throw new NotDoneError(`${who} has proposed it: somebody else approves it.`);
    await refuseMoved(client, candidate);
    if (!options.dryRun) await noteApproved(client, candidate, who);
  };
  if (options.dryRun) await refuseMoved(client, candidate);
  else await onRecord('match model/approve', reason, { model: candidate.id, code, ...candidate.comparison }, act);
  const words = options.dryRun ? 'could be approved by somebody else than' : 'is approved. It was proposed by';
  tell({ model: candidate.id, dryRun: options.dryRun ?? false }, [`Model ${candidate.id} ${words} ${candidate.proposedBy}.`], options);
  return DONE;
}

async function noteApproved(client: Client, { id, comparedAt }: ListedModel, who: string): Promise<void> {
  const { rowCount } = await client.query(
    `UPDATE matcher.model SET approved_by = $2, approved_at = now()
     WHERE id = $1 AND state = 'built' AND date_trunc('milliseconds', compared_at) = $3`,
    [id, who, comparedAt],
  );
  if (rowCount !== 1) throw new NotDoneError('It was compared again meanwhile: look again.');
}

/** Lets the approved candidate decide from now on. */
export async function switchTo(client: Client, options: ChangeOptions): Promise<number> {
  const reason = options.dryRun ? '' : reasonOf(options);
  const candidate = await theBuiltOne(client);
  const { id, version, approvedBy, comparison } = candidate;
  if (approvedBy === null) throw new NotDoneError(`Model ${id} is not approved: npm run ops -- match model --compare.`);
  await refuseMoved(client, candidate);
  if (options.dryRun) tell({ model: id, dryRun: true }, [`It would not be refused: records would be matched by ${version}.`], options);
  else {
    await onRecord('match model/switch', reason, { model: id, approvedBy, ...comparison }, () => askMatcher(client, id, 'switch', SWITCHED_WITHIN_MS)); // prettier-ignore
    const lines = [`Records are matched by ${version} now, and all it decides otherwise is sent.`, 'Back again: npm run ops -- match model --back --reason "…"']; // prettier-ignore
    tell({ model: id, version, dryRun: false }, lines, options);
  }
  return DONE;
}

/** Ends the proposal. */
export async function dropIt(client: Client, options: ChangeOptions): Promise<number> {
  const reason = options.dryRun ? '' : reasonOf(options);
  const { id } = await theCandidate(client);
  if (!options.dryRun) await onRecord('match model/drop', reason, { model: id }, () => askMatcher(client, id, 'drop', DROPPED_WITHIN_MS)); // prettier-ignore
  tell({ model: id, dryRun: options.dryRun ?? false }, [`Model ${id} ${options.dryRun ? 'would be' : 'is'} dropped; nothing that is decided changes.`], options); // prettier-ignore
  return DONE;
}

/** @throws WrongUseError naming everything that is wrong with what was read */
function proposable(read: () => MatchSettings): { settings: string; version: string } {
  try {
    const stated = read();
    const { version } = loadMatchModel(adaptSettings(stated).settings);
    const settings = JSON.stringify(stated);
    if (Buffer.byteLength(settings) > LARGEST_SETTINGS)
      throw new Error(`They are larger than ${LARGEST_SETTINGS} bytes: leave out rare term frequencies.`);
    return { settings, version };
  } catch (error) {
    throw new WrongUseError(`These settings can't be used. ${(error as Error).message}`);
  }
}
