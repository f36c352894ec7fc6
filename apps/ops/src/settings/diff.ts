import { Option, SubCommand } from 'nest-commander';
import { differenceWords, settingsDifferences, settingsOf, settingsVersions } from '#lib/kept';
import { WrongUseError } from '../errors.js';
import { DONE } from '../exit-codes.js';
import { inSessions } from '../in-sessions.js';
import { wholeNumber } from '../option-values.js';
import { tell } from '../print.js';
import { type AnswerOptions, Verb } from '../verb.js';

interface DiffOptions extends AnswerOptions {
  from?: number;
  to?: number;
}

@SubCommand({ name: 'diff', description: 'Shows field by field what changed between two versions of the settings.' })
export class SettingsDiffVerb extends Verb {
  protected override readonly examples = {
    'settings diff': 'what the newest version changed',
    'settings diff --from 2 --to 5': 'between any two',
  };

  async run(_: string[], options: DiffOptions): Promise<void> {
    await inSessions(async (client) => {
      const versions = await settingsVersions(client);
      const newest = versions[0]?.version ?? 0;
      const to = options.to ?? newest;
      const from = options.from ?? Math.max(1, to - 1);
      for (const version of [to, from])
        if (version > newest || newest === 0)
          throw new WrongUseError(
            newest === 0 ? 'No version is kept yet.' : `There is no version ${version}: they go from 1 to ${newest}.`,
          );
      const isFirst = options.from === undefined && to === 1;
      const differences = settingsDifferences(await settingsOf(client, from), await settingsOf(client, to));
      const { appliedBy, reason } = versions.find(({ version }) => version === to)!;
      const heading = `Version ${from} → ${to}, ${appliedBy === null ? 'applied by nobody: found in the file' : `by ${appliedBy}: ${reason}`}`;
      const lines = differences.length === 0 ? ['Nothing differs.'] : differences.map(differenceWords);
      const said = isFirst ? ['Version 1 is the first that was kept: there is none before it to compare it with.'] : [heading, ...lines];
      tell({ from, to, appliedBy, reason, differences }, said, options);
    });
    process.exitCode = DONE;
  }

  @Option({ flags: '--from <version>', description: 'the older one (the one before --to unless said)' })
  from(text: string): number {
    return wholeNumber('--from', text, { min: 1 });
  }

  @Option({ flags: '--to <version>', description: 'the newer one (the newest unless said)' })
  to(text: string): number {
    return wholeNumber('--to', text, { min: 1 });
  }
}
