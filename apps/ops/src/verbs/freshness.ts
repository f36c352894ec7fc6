import { Command, Option } from 'nest-commander';
import { silenceOf, type Source } from '#lib/events';
import { expectedSources } from '../expected-sources.js';
import { DONE, LOOK_AT_THIS } from '../exit-codes.js';
import { inReadModel } from '../in-read-model.js';
import { seconds } from '../option-values.js';
import { ago, tableOf, tell } from '../print.js';
import { readSources, type SourceHeard } from '../read-freshness.js';
import { type Lag, readLag } from '../read-lag.js';
import { type AnswerOptions, Verb } from '../verb.js';

/** Seconds throughout; null where a source was never heard, never said so, or nothing is agreed with it. */
interface SourceFreshness {
  source: string;
  events: number;
  parked: number;
  /** Since the newest event of the source was applied. */
  secondsSinceApplied: number | null;
  /** Since that event was published. */
  secondsSincePublished: number | null;
  /** Since the instant up to which the source said everything was published. */
  secondsSinceComplete: number | null;
  /** Until it is expected to say so again, by the authority's settings; below 0 it is overdue. */
  secondsUntilExpected: number | null;
  /** Silent for longer than agreed, or never heard. */
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
    const agreed = new Map(expected.map((source) => [source.id, source]));
    const { heard, lag } = await inReadModel(async (pool) => ({ heard: await readSources(pool, expected), lag: await readLag(pool, now) }));
    const known = new Set(heard.map(({ source }) => source));
    const sources = [
      ...[...agreed.values()].filter(({ id }) => !known.has(id)).map(neverHeard),
      ...heard.map((source) => freshnessOf(source, agreed.get(source.source), now)),
    ];
    const lines = sources.length === 0 ? ['No source has published anything yet.'] : [tableOf(sources, COLUMNS), lagWords(lag)];
    tell({ sources, lag }, lines, options);
    const { maxAge } = options;
    const late = sources.some((source) =>
      maxAge === undefined ? source.late === true : (source.secondsSinceApplied ?? Infinity) > maxAge,
    );
    process.exitCode = sources.length === 0 || late || lag.events === null ? LOOK_AT_THIS : DONE;
  }

  @Option({ flags: '--max-age <seconds>', description: 'exit with code 3 when the newest event of a source is older' })
  maxAge(text: string): number {
    return seconds('--max-age', text);
  }
}

function freshnessOf(heard: SourceHeard, agreed: Source | undefined, now: number): SourceFreshness {
  const since = (at: number | null) => (at === null ? null : (now - at) / 1_000);
  const { source, events, parked, completeTo, publishedAt } = heard;
  const silence = agreed && silenceOf(agreed, { lastHeardAt: publishedAt, completeTo }, now);
  return {
    source,
    events,
    parked,
    secondsSinceApplied: since(heard.appliedAt),
    secondsSincePublished: since(publishedAt),
    secondsSinceComplete: since(completeTo),
    secondsUntilExpected: agreed ? agreed.expectedEvery - since(completeTo ?? publishedAt)! : null,
    late: silence?.late ?? null,
  };
}

/** A source of the settings of which nothing has arrived yet: late from the beginning, as the page and the alarm have it. */
const neverHeard = (agreed: Source): SourceFreshness => ({
  source: agreed.id,
  events: 0,
  parked: 0,
  secondsSinceApplied: null,
  secondsSincePublished: null,
  secondsSinceComplete: null,
  secondsUntilExpected: null,
  late: silenceOf(agreed, { lastHeardAt: null, completeTo: null }, 0).late,
});

const agoOr = (nothing: string, since: number | null) => (since === null ? nothing : `${ago(since)} ago`);

const COLUMNS: Record<string, (row: SourceFreshness) => string> = {
  source: (row) => row.source,
  'newest applied': (row) => agoOr('never heard', row.secondsSinceApplied),
  published: (row) => agoOr('never heard', row.secondsSincePublished),
  'complete to': (row) => agoOr('never said', row.secondsSinceComplete),
  'expected next': ({ secondsUntilExpected: until }) =>
    until === null ? 'not known' : until < 0 ? `${ago(-until)} overdue` : `in ${ago(until)}`,
  late: (row) => (row.late === null ? 'not agreed' : row.late ? 'late' : 'on time'),
  events: (row) => String(row.events),
  parked: (row) => String(row.parked),
};

function lagWords({ events, seconds: behind, unknown }: Lag): string {
  if (events === null) return `How far folding is behind is not known: ${unknown ?? ''}`;
  if (events === 0) return 'Folding is not behind: every logged event is folded or parked.';
  return `Folding is ${events} events behind${behind === null ? '' : `, about ${ago(behind)}`}.`;
}
