import { Command, CommandRunner, Option } from 'nest-commander';
import { readSettings, settings } from '#lib/runtime';
import { DONE, LOOK_AT_THIS } from '../exit-codes.js';
import { opsEnvironment } from '../environment.js';
import { print } from '../print.js';
import { readLive } from '../read-live.js';

interface ParkedRow {
  topic: string;
  partition: number;
  offset: number;
  source: string | null;
  subject: string | null;
  code: string;
  expected: string;
  actual: string;
  parkedAt: number;
  attempts: number;
}

@Command({
  name: 'parked',
  description: 'Lists events held because they could not be folded, newest first. Exit code 3 when there are any.',
})
export class ParkedVerb extends CommandRunner {
  async run(_: string[], options: { json?: boolean; last?: number; source?: string }): Promise<void> {
    const { readModelUrl } = readSettings({ readModelUrl: settings.readModelUrl }, opsEnvironment());
    const rows = await readLive<ParkedRow>(readModelUrl, statement, [options.source ?? null, options.last ?? 50]);
    print(rows, COLUMNS, { json: options.json, whenEmpty: 'Nothing is parked.' });
    process.exitCode = rows.length > 0 ? LOOK_AT_THIS : DONE;
  }

  @Option({ flags: '--source <name>', description: 'of this source alone' })
  source(name: string): string {
    return name;
  }

  @Option({ flags: '--last <count>', description: 'at most so many (50 unless said)' })
  last(count: string): number {
    const number = Number(count);
    if (!Number.isInteger(number) || number < 1) throw new Error('--last wants a whole number, 1 or more');
    return number;
  }

  @Option({ flags: '--json', description: 'answer as JSON' })
  json(): boolean {
    return true;
  }
}

const COLUMNS: Record<string, (row: ParkedRow) => string> = {
  parked: (row) => new Date(row.parkedAt).toISOString(),
  at: (row) => `${row.topic}/${row.partition}@${row.offset}`,
  source: (row) => row.source ?? 'unknown',
  code: (row) => row.code,
  attempts: (row) => String(row.attempts),
  expected: (row) => row.expected,
  actual: (row) => row.actual,
};

const statement = (schema: string) => `
  SELECT topic, partition, log_offset AS offset, source, subject, code, expected, actual, parked_at AS "parkedAt", attempts
  FROM ${schema}.parked
  WHERE $1::text IS NULL OR source = $1
  ORDER BY parked_at DESC, topic, partition, log_offset DESC LIMIT $2`;
