import { Command, CommandRunner, Option } from 'nest-commander';
import { readSettings, settings } from '#lib/runtime';
import { DONE, LOOK_AT_THIS } from '../exit-codes.js';
import { opsEnvironment } from '../environment.js';
import { ago, print } from '../print.js';
import { readLive } from '../read-live.js';

interface SourceFreshness {
  source: string;
  /** Since the newest event of the source was applied. */
  secondsSinceApplied: number;
  /** Since that event was published. */
  secondsSincePublished: number;
  /** Since the instant up to which the source said everything was published; null when it never said so. */
  secondsSinceComplete: number | null;
  events: number;
}

@Command({
  name: 'freshness',
  description:
    'Lists for each source how long ago its newest event was applied. Exit code 3 when one is older than --max-age, or when there is none.',
})
export class FreshnessVerb extends CommandRunner {
  async run(_: string[], options: { json?: boolean; maxAge?: number }): Promise<void> {
    const { readModelUrl } = readSettings({ readModelUrl: settings.readModelUrl }, opsEnvironment());
    const rows = await readLive<SourceFreshness>(readModelUrl, statement, [Date.now()]);
    print(rows, COLUMNS, { json: options.json, whenEmpty: 'No source has published anything yet.' });
    const oldest = Math.max(...rows.map(({ secondsSinceApplied }) => secondsSinceApplied));
    process.exitCode = rows.length === 0 || oldest > (options.maxAge ?? Infinity) ? LOOK_AT_THIS : DONE;
  }

  @Option({ flags: '--max-age <seconds>', description: 'exit with code 3 when the newest event of a source is older' })
  maxAge(seconds: string): number {
    const number = Number(seconds);
    if (!Number.isFinite(number) || number <= 0) throw new Error('--max-age wants a number of seconds');
    return number;
  }

  @Option({ flags: '--json', description: 'answer as JSON' })
  json(): boolean {
    return true;
  }
}

const COLUMNS: Record<string, (row: SourceFreshness) => string> = {
  source: (row) => row.source,
  'newest applied': (row) => `${ago(row.secondsSinceApplied)} ago`,
  published: (row) => `${ago(row.secondsSincePublished)} ago`,
  'complete to': (row) => (row.secondsSinceComplete === null ? 'never said' : `${ago(row.secondsSinceComplete)} ago`),
  events: (row) => String(row.events),
};

/** Coverage counts where every partition heard of it: the answer is the minimum over them. $1: now, in milliseconds. */
const statement = (schema: string) => `
  SELECT source,
         ($1::bigint - max(applied_at)) / 1000.0::float8 AS "secondsSinceApplied",
         ($1::bigint - max(newest_published_at)) / 1000.0::float8 AS "secondsSincePublished",
         (SELECT ($1::bigint - min(complete_to)) / 1000.0::float8 FROM ${schema}.coverage WHERE coverage.source = progress.source
          HAVING count(DISTINCT partition) >= (SELECT partitions FROM control.generation WHERE state = 'live'))
           AS "secondsSinceComplete",
         sum(events)::float8 AS events
  FROM ${schema}.source_progress AS progress
  GROUP BY source ORDER BY 2 DESC`;
