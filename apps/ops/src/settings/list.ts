import { SubCommand } from 'nest-commander';
import { type SettingsVersion, settingsVersions } from '#lib/kept';
import { DONE } from '../exit-codes.js';
import { inSessions } from '../in-sessions.js';
import { instantWords, print } from '../print.js';
import { type AnswerOptions, Verb } from '../verb.js';

@SubCommand({
  name: 'list',
  description: 'Lists every version of the authority’s settings: who applied it, why, and since when people are read by it.',
  options: { isDefault: true },
})
export class SettingsListVerb extends Verb {
  protected override readonly examples = { 'settings list': 'all versions, newest first', 'settings list --json': 'the same for a script' };

  async run(_: string[], options: AnswerOptions): Promise<void> {
    const versions = await inSessions(settingsVersions);
    print(versions, COLUMNS, {
      json: options.json,
      whenEmpty: 'No version is kept yet: the query service keeps the first when it starts.',
    });
    process.exitCode = DONE;
  }
}

const COLUMNS: Record<string, (row: SettingsVersion) => string> = {
  version: ({ version }) => String(version),
  kept: ({ keptAt }) => instantWords(keptAt),
  by: ({ appliedBy }) => appliedBy ?? 'nobody said who',
  'in use since': ({ inUseSince }) => (inUseSince === null ? 'not yet' : instantWords(inUseSince)),
  digest: ({ digest }) => digest.slice(0, 12),
  reason: ({ reason }) => reason ?? '',
};
