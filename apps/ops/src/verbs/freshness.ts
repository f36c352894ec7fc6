import { Command, Option } from 'nest-commander';
import { expectedSources } from '../expected-sources.js';
import { DONE, LOOK_AT_THIS } from '../exit-codes.js';
import { inReadModel } from '../in-read-model.js';
import { seconds } from '../option-values.js';
import { ago, tableOf, tell } from '../print.js';
import { readSources, type SourceHeard } from '../read-freshness.js';
import { type Lag, readLag } from '../read-lag.js';
import { type AnswerOptions, Verb } from '../verb.js';

interface SourceFreshness extends Pick<SourceHeard, 'source' | 'events' | 'parked'> {
  /** Since the newest event of the source was applied. */
  secondsSinceApplied: number;
  /** Since that event was published. */
  secondsSincePublished: number;
  /** Since the instant up to which the source said everything was published; null when it never said so. */
  secondsSinceComplete: number | null;
  /** Until it is expected to say so again, by the authority's settings; below 0 it is overdue. null: not known. */
  secondsUntilExpected: number | null;
  /** Silent for longer than agreed; null where nothing is agreed. */
  late: boolean | null;
}

@Command({
  name: 'freshness',
  description: 'Shows how fresh every source is and how far folding is behind. Exit code 3 when a source is late.',
})
export class FreshnessVerb extends Verb {
  protected override readonly examples = {
    freshness:
      "exit code 3 when a source is silent for longer than AUTHORITY_FILE allows, when there is none, or when the log can't be reached",
    'freshness --max-age 900': 'exit code 3 only when the newest event of a source is older than 15 minutes, or there is none',
  };

  async run(_: string[], options: AnswerOptions & { maxAge?: number }): Promise<void> {
    const now = Date.now();
    const expected = expectedSources();
    const { heard, lag } = await inReadModel(async (pool) => ({ heard: await readSources(pool), lag: await readLag(pool, now) }));
    const sources = heard.map((source) => freshnessOf(source, expected.get(source.source), now));
    const lines = sources.length === 0 ? ['No source has published anything yet.'] : [tableOf(sources, COLUMNS), lagWords(lag)];
    tell({ sources, lag }, lines, options);
    const { maxAge } = options;
    const late = sources.some((source) => (maxAge === undefined ? source.late === true : source.secondsSinceApplied > maxAge));
    process.exitCode = sources.length === 0 || late || lag.events === null ? LOOK_AT_THIS : DONE;
  }

  @Option({ flags: '--max-age <seconds>', description: 'exit with code 3 when the newest event of a source is older' })
  maxAge(text: string): number {
    return seconds('--max-age', text);
  }
}

function freshnessOf(heard: SourceHeard, agreed: { expectedEvery: number; silence: number } | undefined, now: number): SourceFreshness {
  const since = (at: number) => (now - at) / 1_000;
  const { source, events, parked, completeTo } = heard;
  const silent = since(completeTo ?? heard.publishedAt);
  return {
    source,
    events,
    parked,
    secondsSinceApplied: since(heard.appliedAt),
    secondsSincePublished: since(heard.publishedAt),
    secondsSinceComplete: completeTo === null ? null : since(completeTo),
    secondsUntilExpected: agreed ? agreed.expectedEvery - silent : null,
    late: agreed ? silent > agreed.silence : null,
  };
}

const COLUMNS: Record<string, (row: SourceFreshness) => string> = {
  source: (row) => row.source,
  'newest applied': (row) => `${ago(row.secondsSinceApplied)} ago`,
  published: (row) => `${ago(row.secondsSincePublished)} ago`,
  'complete to': (row) => (row.secondsSinceComplete === null ? 'never said' : `${ago(row.secondsSinceComplete)} ago`),
  'expected next': ({ secondsUntilExpected: until }) =>
    until === null ? 'not agreed' : until < 0 ? `${ago(-until)} overdue` : `in ${ago(until)}`,
  late: (row) => (row.late === null ? '' : row.late ? 'late' : 'on time'),
  events: (row) => String(row.events),
  parked: (row) => String(row.parked),
};

function lagWords({ events, seconds: behind, unknown }: Lag): string {
  if (events === null) return `How far folding is behind is not known: ${unknown ?? ''}`;
  if (events === 0) return 'Folding is not behind: every logged event is folded or parked.';
  return `Folding is ${events} events behind${behind === null ? '' : `, about ${ago(behind)}`}.`;
}
