import { Command, Option } from 'nest-commander';
import { DONE, LOOK_AT_THIS } from '../exit-codes.js';
import { inReadModel } from '../in-read-model.js';
import { wholeNumber } from '../option-values.js';
import { tableOf, tell } from '../print.js';
import { type DayBalance, type PartitionBalance, readBalance } from '../read-balance.js';
import { type AnswerOptions, Verb } from '../verb.js';

interface BalanceOptions extends AnswerOptions {
  days?: number;
  source?: string;
}

const DAY_MS = 86_400_000;

@Command({
  name: 'balance',
  description:
    'Shows that received = applied + superseded + erased + parked + discarded + rejected, per source and day. Exit code 3 when not.',
})
export class BalanceVerb extends Verb {
  protected override readonly examples = {
    balance: 'of the last seven days; and received against the offsets, for each partition',
    'balance --days 30 --source mosaic': 'one source, a month',
  };

  async run(_: string[], options: BalanceOptions): Promise<void> {
    const from = new Date(Date.now() - ((options.days ?? 7) - 1) * DAY_MS).toLocaleDateString('sv-SE', { timeZone: 'Europe/London' });
    const { days, partitions } = await inReadModel((pool) => readBalance(pool, { from, source: options.source }));
    const wrong = partitions.filter(({ balances }) => !balances);
    const balances = wrong.length === 0 && days.every((day) => day.balances);
    const lines = [
      days.length === 0 ? `Nothing was counted since ${from}.` : tableOf(days, COLUMNS),
      wrong.length === 0 ? `✓ received agrees with the offsets of all ${partitions.length} partitions` : tableOf(wrong, WRONG),
      balances ? '✓ balances' : '✗ does not balance',
    ];
    tell({ balances, days, partitions }, lines, options);
    process.exitCode = balances ? DONE : LOOK_AT_THIS;
  }

  @Option({ flags: '--days <count>', description: 'days of publishing, today among them (7 unless said)' })
  days(text: string): number {
    return wholeNumber('--days', text, { min: 1, max: 3_650 });
  }

  @Option({ flags: '--source <name>', description: 'of this source alone; partitions are shown as a whole' })
  source(name: string): string {
    return name;
  }
}

const COLUMNS: Record<string, (row: DayBalance) => string> = {
  day: (row) => row.day,
  source: (row) => row.source,
  received: (row) => String(row.received),
  applied: (row) => String(row.applied),
  superseded: (row) => String(row.superseded),
  erased: (row) => String(row.erased),
  parked: (row) => (row.parked === row.held ? String(row.parked) : `${row.parked}, but ${row.held} are there`),
  discarded: (row) => String(row.discarded),
  rejected: (row) => String(row.rejected),
  '': (row) => (row.balances ? '✓' : '✗'),
};

const WRONG: Record<string, (row: PartitionBalance) => string> = {
  partition: (row) => `${row.topic}/${row.partition}`,
  received: (row) => String(row.received),
  'by its offset': (row) => String(row.passed),
  parked: (row) => (row.parked === row.rowsParked ? String(row.parked) : `${row.parked}, but ${row.rowsParked} are there`),
  'days uneven': (row) => String(row.uneven),
  '': () => '✗',
};
