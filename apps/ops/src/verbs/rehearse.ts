import { Command, Option } from 'nest-commander';
import { WrongUseError } from '../errors.js';
import { DONE } from '../exit-codes.js';
import { inReadModel } from '../in-read-model.js';
import { onRecord, reasonOf } from '../on-record.js';
import { tell } from '../print.js';
import { anyRecord, giveKeysBack, loseKey, publishNoise, type Rehearsed, refuseInProduction } from '../rehearse.js';
import { type ChangeOptions, ChangingVerb } from '../verb.js';

interface RehearseOptions extends ChangeOptions {
  noise?: boolean;
  loseKey?: boolean;
  giveBack?: boolean;
}

@Command({
  name: 'rehearse',
  description: 'Makes a fault on purpose, to see what is said of it and how it is mended. Never in production.',
})
export class RehearseVerb extends ChangingVerb {
  protected override readonly examples = {
    'rehearse --noise --reason "drill"': 'an event nobody can read: parked, its record flagged; discard it',
    'rehearse --lose-key --reason "drill"': 'an event whose key is gone, which can take a minute',
    'rehearse --give-back --reason "drill"': 'the key is back: redrive --code key-missing',
  };

  async run(_: string[], options: RehearseOptions): Promise<void> {
    refuseInProduction();
    const [act, ...more] = (['noise', 'loseKey', 'giveBack'] as const).filter((name) => options[name]);
    if (act === undefined || more.length > 0) throw new WrongUseError('Say one of --noise, --lose-key and --give-back.');
    const reason = options.dryRun ? '' : reasonOf(options);
    if (options.dryRun) tell({ act, dryRun: true }, [WOULD[act]], options);
    else await (act === 'giveBack' ? this.giveBack(reason, options) : this.spoil(act, reason, options));
    process.exitCode = DONE;
  }

  private async spoil(act: 'noise' | 'loseKey', reason: string, options: RehearseOptions): Promise<void> {
    await inReadModel(async (pool) => {
      const record = await anyRecord(pool);
      await onRecord('rehearse', reason, { act, subject: record.subject }, () =>
        act === 'noise' ? publishNoise(record) : loseKey(pool, record),
      );
      tell({ act, ...record, dryRun: false }, linesOf(record, act), options);
    });
  }

  private async giveBack(reason: string, options: RehearseOptions): Promise<void> {
    const keys = await onRecord('rehearse', reason, { act: 'giveBack' }, giveKeysBack);
    tell(
      { act: 'giveBack', keys, dryRun: false },
      [`${keys} keys are back. Next: npm run ops -- redrive --code key-missing --reason "…"`],
      options,
    );
  }

  @Option({ flags: '--noise', description: 'publish bytes that no schema fits, in the name of some record' })
  noise(): boolean {
    return true;
  }

  @Option({ flags: '--lose-key', description: 'take the data key of some record away, and publish its last event again' })
  loseKey(): boolean {
    return true;
  }

  @Option({ flags: '--give-back', description: 'put back every key that was taken away' })
  giveBackOption(): boolean {
    return true;
  }
}

const WOULD = {
  noise: 'Bytes that no schema fits would be published in the name of some record.',
  loseKey: 'The data key of some record would be taken away, and its last event published again until it is parked.',
  giveBack: 'Every key that was taken away would be put back.',
};

const linesOf = ({ subject, person }: Rehearsed, act: 'noise' | 'loseKey'): string[] => [
  act === 'noise' ? 'An event that nobody can read is on the log.' : 'A key is gone, and an event is parked for it.',
  `The record: npm run ops -- parked --subject ${subject}`,
  `The page that says so (sign in as a social worker): /people/${person}`,
];
