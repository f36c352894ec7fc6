import { Command, Option } from 'nest-commander';
import { AUDIT_CHANGED } from '#lib/read-model';
import { WrongUseError } from '../errors.js';
import { DONE } from '../exit-codes.js';
import { inReadModel } from '../in-read-model.js';
import { onRecord, reasonOf } from '../on-record.js';
import { tell } from '../print.js';
import { acceptAlarm, openAlarms } from '../read-alarms.js';
import { type ChangeOptions, ChangingVerb } from '../verb.js';

/** Those that a person can answer for; the others end when what they tell of is over. */
const ACCEPTABLE = ['source-dropped', 'difference-found', 'upkeep-request-failed'];

@Command({ name: 'accept', description: 'Says of an open alarm that somebody has looked and that it is as it should be.' })
export class AcceptVerb extends ChangingVerb {
  protected override readonly examples = {
    'accept --alarm source-dropped --source synergy --reason "a school has left the authority"': 'the smaller number is right from now on',
    'accept --alarm difference-found --reason "mended by a replay, checked again"': 'what was found up to now is answered for',
  };

  async run(_: string[], options: ChangeOptions & { alarm?: string; source?: string }): Promise<void> {
    const { alarm, source } = options;
    if (alarm === undefined) throw new WrongUseError('Say which: --alarm. See npm run ops -- alarms.');
    if (alarm === AUDIT_CHANGED) throw new WrongUseError(`${alarm} is acknowledged by npm run ops -- audit acknowledge.`);
    if (!ACCEPTABLE.includes(alarm))
      throw new WrongUseError(`${alarm} ends by itself when what it tells of is over. Accepted can be: ${ACCEPTABLE.join(', ')}.`);
    const reason = options.dryRun ? '' : reasonOf(options);
    const words = `${alarm}${source === undefined ? '' : ` of ${source}`}`;
    await inReadModel(async (pool) => {
      const open = (await openAlarms(pool)).find((one) => one.code === alarm && one.source === (source ?? null));
      if (open?.acceptedAt !== null)
        throw new WrongUseError(`No alarm ${words} is open that nobody has accepted. See npm run ops -- alarms.`);
      if (options.dryRun) return tell({ alarm: open, dryRun: true }, [`${words} would be accepted.`], options);
      await onRecord('accept', reason, { alarm, source: source ?? null }, () => acceptAlarm(pool, alarm, source ?? null));
      return tell({ alarm: open, dryRun: false }, [`${words} is accepted.`], options);
    });
    process.exitCode = DONE;
  }

  @Option({ flags: '--alarm <code>', description: 'its code, as "alarms" lists it' })
  alarm(code: string): string {
    return code;
  }

  @Option({ flags: '--source <name>', description: 'the source it concerns, if it concerns one' })
  source(name: string): string {
    return name;
  }
}
