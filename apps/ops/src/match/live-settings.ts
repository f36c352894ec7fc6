import { readFileSync } from 'node:fs';
import type { Client } from 'pg';
import { adaptSettings, DEFAULT_MODEL, type MatchSettings, publishableWithoutRare } from '#lib/matching';
import { readSettings, settings } from '#lib/runtime';
import { opsEnvironment } from '../environment.js';
import { NotDoneError } from '../errors.js';
import { peopleNow } from './models.js';

/**
 * The settings by which records are matched now, as they may be proposed: those that were switched to as the log tells them, or before any was those
 * the matcher begins with, without values that few people have.
 * @returns how many values were left out, too @throws NotDoneError where the matcher began with other settings than are named here
 */
export async function liveSettings(client: Client): Promise<{ settings: MatchSettings; leftOut: number }> {
  const { rows } = await client.query<{ chosen: string | null; version: string | null }>(
    `SELECT (SELECT settings FROM matcher.model WHERE state = 'live') AS chosen, model AS version FROM matcher.progress`,
  );
  const { chosen, version } = rows[0]!;
  if (chosen !== null) return { settings: JSON.parse(chosen) as MatchSettings, leftOut: 0 };
  const begun = settingsToBeginWith();
  if (version !== null && !version.startsWith(`${begun.model_version}+`))
    throw new NotDoneError(`The matcher decides by ${version}, and MATCH_MODEL_FILE names ${begun.model_version} here: set it as the matcher has it.`); // prettier-ignore
  return publishableWithoutRare(adaptSettings(begun).settings, await peopleNow(client));
}

function settingsToBeginWith(): MatchSettings {
  const { matchModelFile } = readSettings({ matchModelFile: settings.matchModelFile }, opsEnvironment());
  if (matchModelFile === '') return DEFAULT_MODEL;
  try {
    return JSON.parse(readFileSync(matchModelFile, 'utf8')) as MatchSettings;
  } catch {
    throw new NotDoneError(`${matchModelFile}, which MATCH_MODEL_FILE names, can't be read as JSON here.`);
  }
}
