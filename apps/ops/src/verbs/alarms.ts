import { Command } from 'nest-commander';
import { DONE, LOOK_AT_THIS } from '../exit-codes.js';
import { inReadModel } from '../in-read-model.js';
import { instantWords, tableOf, tell } from '../print.js';
import { type ListedAlarm, openAlarms } from '../read-alarms.js';
import { type AnswerOptions, Verb } from '../verb.js';

@Command({ name: 'alarms', description: 'Lists what upkeep alarms about. Exit code 3 when there is anything that nobody has accepted.' })
export class AlarmsVerb extends Verb {
  protected override readonly examples = { alarms: 'what wants a look, since when', 'alarms --json': 'the same for a script' };

  async run(_: string[], options: AnswerOptions): Promise<void> {
    const alarms = await inReadModel(openAlarms);
    tell({ alarms }, [alarms.length === 0 ? 'No alarm is open.' : tableOf(alarms, COLUMNS)], options);
    process.exitCode = alarms.some(({ acceptedAt }) => acceptedAt === null) ? LOOK_AT_THIS : DONE;
  }
}

const COLUMNS: Record<string, (alarm: ListedAlarm) => string> = {
  alarm: ({ code }) => code,
  source: ({ source }) => source ?? '',
  since: ({ since }) => instantWords(since),
  accepted: ({ acceptedAt }) => (acceptedAt === null ? 'no' : instantWords(acceptedAt)),
  details: ({ details }) => JSON.stringify(details),
};
