import { spawnSync } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SubCommand } from 'nest-commander';
import {
  applySettings,
  differenceWords,
  type SettingsDifference,
  settingsDifferences,
  settingsDigest,
  settingsOf,
  settingsVersions,
} from '#lib/kept';
import { readSettings, settings } from '#lib/runtime';
import { opsEnvironment } from '../environment.js';
import { NotDoneError } from '../errors.js';
import { DONE } from '../exit-codes.js';
import { inSessions } from '../in-sessions.js';
import { onRecord, reasonOf } from '../on-record.js';
import { tell } from '../print.js';
import { type ChangeOptions, ChangingVerb } from '../verb.js';

@SubCommand({
  name: 'apply',
  arguments: '<file>',
  description: 'Checks a file of settings, keeps it as the newest version and puts it where the query service reads it.',
})
export class SettingsApplyVerb extends ChangingVerb {
  protected override readonly examples = {
    'settings apply new.json --dry-run': 'whether it would be taken, and what it changes',
    'settings apply new.json --reason "adult social care from 15, agreed 12 November"':
      'takes effect when query and upkeep are started again',
  };

  async run([file = '']: string[], options: ChangeOptions): Promise<void> {
    const reason = options.dryRun ? '' : reasonOf(options);
    refuseMistakes(file);
    const text = readFileSync(file, 'utf8');
    const content: unknown = JSON.parse(text);
    await inSessions(async (client) => {
      const [newest] = await settingsVersions(client);
      const before = newest && (await settingsOf(client, newest.version));
      const differences = settingsDifferences(before ?? {}, content);
      const changes = newest === undefined ? ['The first version that is kept.'] : changesIn(differences);
      const told = { before: newest?.version ?? null, differences, dryRun: options.dryRun ?? false };
      if (newest?.digest === settingsDigest(content))
        return tell(
          { ...told, version: newest.version },
          [`These are the settings of version ${newest.version}: there is nothing to apply.`],
          options,
        );
      if (options.dryRun) return tell({ ...told, version: null }, ['Would change:', ...changes], options);
      const what = { before: newest?.version ?? null, digest: settingsDigest(content), fields: differences.map(({ field }) => field) };
      const act = (by: string) => applySettings(client, content, { by, reason, also: () => putInPlace(file, text) });
      const { version } = await onRecord('settings/apply', reason, what, act, 'changed-settings');
      const done = `Version ${version} is applied. People are read by it once query is started again; upkeep and ops judge sources by it from their own next start.`;
      return tell({ ...told, version }, [done, ...changes], options);
    });
    process.exitCode = DONE;
  }
}

const changesIn = (differences: SettingsDifference[]): string[] =>
  differences.length === 0
    ? ['Nothing that people are read by: only what is said, or left to its default.']
    : differences.map(differenceWords);

/** The program that reads settings says whether it would run with them. @throws NotDoneError with every mistake */
function refuseMistakes(file: string): void {
  const program = join('dist', 'apps', 'query', 'src', 'check-authority.js');
  const { status, stderr } = spawnSync(process.execPath, [program, file], { encoding: 'utf8' });
  if (status !== 0) throw new NotDoneError(stderr.trim() || 'The settings could not be checked.');
}

/** Whole or not at all, whoever reads it meanwhile. */
function putInPlace(file: string, text: string): void {
  const { authorityFile } = readSettings({ authorityFile: settings.authorityFile }, opsEnvironment());
  if (file === authorityFile) return;
  const half = `${authorityFile}.${process.pid}`;
  writeFileSync(half, text);
  renameSync(half, authorityFile);
}
