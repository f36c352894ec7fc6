import type { ListedGeneration, ProblemWaiting } from '#lib/read-model';
import type { Metrics } from '#lib/runtime';
import type { OpenAlarm } from './alarm.js';
import type { GenerationBehind } from './judge-generations.js';
import type { ParkedEvents } from './judge-parked.js';

/** What was seen at one look. `behind` is left out where the logs could not be asked. */
export interface Seen {
  now: number;
  sources: readonly { source: string; late: boolean; silentFor: number | null }[];
  parked: readonly ParkedEvents[];
  unbalanced: number;
  differences: number;
  waiting: number;
  generations: readonly ListedGeneration[];
  behind: readonly GenerationBehind[] | undefined;
  /** Problems that readers reported and nobody has answered. */
  problems: readonly ProblemWaiting[];
  open: readonly OpenAlarm[];
}

/** Where no source is asked, but the data analysts alone. */
const ANALYSTS = 'data-analysts';

/** What whoever watches tells: names of sources and codes only, nothing of a person. */
export class WatchMeasures {
  private readonly watched;
  private readonly late;
  private readonly silence;
  private readonly dropped;
  private readonly parked;
  private readonly parkedOldest;
  private readonly progress;
  private readonly behind;
  private readonly unbalanced;
  private readonly differences;
  private readonly waiting;
  private readonly problems;
  private readonly alarm;
  private readonly rejected;
  private readonly rejectionsMissed;

  constructor(metrics: Metrics) {
    this.watched = metrics.gauge('index_watched_at_seconds', 'When everything was last looked at, in seconds since 1970.');
    this.late = metrics.gauge('index_source_late', '1 for a source that was not heard from as agreed, else 0.', ['source']);
    this.silence = metrics.gauge('index_source_silence_seconds', 'Since the source was last complete; absent: never heard.', ['source']);
    this.dropped = metrics.gauge('index_source_dropped', '1 for a source that holds far fewer records than a day before, else 0.', [
      'source',
    ]);
    this.parked = metrics.gauge('index_parked_events', 'Events held with a reason, in what readers see.', ['code']);
    this.parkedOldest = metrics.gauge('index_parked_oldest_seconds', 'For how long the oldest of them has been held.', ['code']);
    this.progress = metrics.gauge('index_generation_progress_ratio', 'Share of the logs that a build has folded.', ['generation']);
    this.behind = metrics.gauge('index_generation_behind_events', 'Events a generation has not folded yet.', ['generation', 'state']);
    this.unbalanced = metrics.gauge('index_tally_unbalanced', 'Partitions whose events do not add up.');
    this.differences = metrics.gauge('index_differences_found', 'Differences found in what readers see, and not answered for.');
    this.waiting = metrics.gauge('index_requests_waiting', 'Requests of operators that wait or are being done.');
    this.problems = metrics.gauge('index_problems_waiting', 'Reported problems without an answer, by whose turn it is.', [
      'source',
      'waits_for',
      'overdue',
    ]);
    this.alarm = metrics.gauge('index_alarm_open', '1 for each alarm that is open and not accepted.', ['code', 'source']);
    this.rejected = metrics.counter('index_rejections_total', 'Rules broken by events that were refused.', ['source', 'code']);
    this.rejectionsMissed = metrics.counter('index_rejections_missed_total', 'Refusals that were deleted before they were counted.');
  }

  seen(seen: Seen): void {
    for (const gauge of [this.late, this.silence, this.dropped, this.parked, this.parkedOldest, this.progress, this.problems, this.alarm])
      gauge.reset();
    const dropped = new Set(
      seen.open.filter(({ code, acceptedAt }) => code === 'source-dropped' && acceptedAt === null).map(({ source }) => source),
    );
    for (const { source, late, silentFor } of seen.sources) {
      this.late.labels(source).set(Number(late));
      if (silentFor !== null) this.silence.labels(source).set(silentFor / 1_000);
      this.dropped.labels(source).set(Number(dropped.has(source)));
    }
    for (const { code, events, oldest } of seen.parked) {
      this.parked.labels(code).set(events);
      this.parkedOldest.labels(code).set((seen.now - oldest) / 1_000);
    }
    for (const { id, state, eventsDone, eventsTotal } of seen.generations)
      if (state === 'building' && eventsTotal) this.progress.labels(String(id)).set(Math.min(1, eventsDone / eventsTotal));
    if (seen.behind) {
      this.behind.reset();
      for (const { generation, state, events } of seen.behind) this.behind.labels(String(generation), state).set(events);
    }
    for (const { source, waitsFor, overdue } of seen.problems) this.problems.labels(source ?? ANALYSTS, waitsFor, String(overdue)).inc();
    for (const { code, source, acceptedAt } of seen.open) if (acceptedAt === null) this.alarm.labels(code, source ?? '').set(1);
    this.unbalanced.set(seen.unbalanced);
    this.differences.set(seen.differences);
    this.waiting.set(seen.waiting);
    this.watched.set(seen.now / 1_000);
  }

  refused(source: string, code: string, times: number): void {
    this.rejected.labels(source, code).inc(times);
  }

  refusalsMissed(count: number): void {
    this.rejectionsMissed.inc(count);
  }
}
