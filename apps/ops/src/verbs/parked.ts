import { Command, Option } from 'nest-commander';
import { DONE, LOOK_AT_THIS } from '../exit-codes.js';
import { inReadModel } from '../in-read-model.js';
import { seconds, token, wholeNumber } from '../option-values.js';
import { ago, tableOf, tell } from '../print.js';
import { type ParkedByCode, type ParkedRow, readParked } from '../read-parked.js';
import { type AnswerOptions, Verb } from '../verb.js';

interface ParkedOptions extends AnswerOptions {
  source?: string;
  code?: string;
  subject?: string;
  last?: number;
  maxCount?: number;
  maxAge?: number;
}

@Command({
  name: 'parked',
  description: 'Lists events held because they could not be folded, newest first. Exit code 3 when there are any.',
})
export class ParkedVerb extends Verb {
  protected override readonly examples = {
    parked: 'how many by reason, and the newest 50',
    'parked --code key-missing --json': 'all of one reason, for a script',
    'parked --max-count 10 --max-age 3600': 'exit code 3 only when there are more than ten, or one is older than an hour',
  };

  async run(_: string[], options: ParkedOptions): Promise<void> {
    const { counts, events } = await inReadModel((pool) =>
      readParked(pool, { ...options, last: options.last ?? (options.json ? null : 50) }),
    );
    const now = Date.now();
    const summary = counts.map((count) => ({ ...count, oldestSeconds: (now - count.oldestAt) / 1_000 }));
    const total = summary.reduce((sum, { count }) => sum + count, 0);
    const lines = total === 0 ? ['Nothing is parked.'] : [tableOf(summary, COUNTS), '', tableOf(events, COLUMNS)];
    if (events.length < total && total > 0) lines.push(`… the newest ${events.length} of ${total}; --last shows more.`);
    tell({ total, counts: summary, events }, lines, options);
    const oldest = Math.max(0, ...summary.map(({ oldestSeconds }) => oldestSeconds));
    const { maxCount = options.maxAge === undefined ? 0 : Infinity, maxAge = Infinity } = options;
    process.exitCode = total > maxCount || oldest > maxAge ? LOOK_AT_THIS : DONE;
  }

  @Option({ flags: '--source <name>', description: 'of this source alone' })
  source(name: string): string {
    return name;
  }

  @Option({ flags: '--code <code>', description: 'held for this reason alone' })
  code(code: string): string {
    return code;
  }

  @Option({ flags: '--subject <token>', description: 'of the record with this subject token alone' })
  subject(text: string): string {
    return token('--subject', text);
  }

  @Option({ flags: '--last <count>', description: 'at most so many (50 unless said; with --json all)' })
  last(text: string): number {
    return wholeNumber('--last', text, { min: 1 });
  }

  @Option({ flags: '--max-count <count>', description: 'exit code 3 only when more are parked' })
  maxCount(text: string): number {
    return wholeNumber('--max-count', text, { min: 0 });
  }

  @Option({ flags: '--max-age <seconds>', description: 'exit code 3 only when one has been parked for longer' })
  maxAge(text: string): number {
    return seconds('--max-age', text);
  }
}

const COUNTS: Record<string, (row: ParkedByCode & { oldestSeconds: number }) => string> = {
  code: (row) => row.code,
  events: (row) => String(row.count),
  oldest: (row) => `${ago(row.oldestSeconds)} ago`,
};

const COLUMNS: Record<string, (row: ParkedRow) => string> = {
  parked: (row) => new Date(row.parkedAt).toISOString(),
  at: (row) => `${row.topic}/${row.partition}@${row.offset}`,
  source: (row) => row.source ?? 'unknown',
  'subject token': (row) => row.subject ?? 'unknown',
  code: (row) => row.code,
  attempts: (row) => String(row.attempts),
  expected: (row) => row.expected,
  actual: (row) => row.actual,
};
