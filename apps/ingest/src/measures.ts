import type { PublishAnswer } from '#lib/events';
import type { Logger, Metrics } from '#lib/runtime';

/** What is counted and logged of a request: source, counts, rules and time. Nothing of what was sent. */
export class Measures {
  private readonly events;
  private readonly broken;
  private readonly seconds;
  private readonly stopped;

  constructor(
    metrics: Metrics,
    private readonly logger: Logger,
  ) {
    this.events = metrics.counter('ingest_events_total', 'Events by outcome.', ['source', 'outcome']);
    this.broken = metrics.counter('ingest_rules_broken_total', 'Problems in rejected events, by rule.', ['source', 'rule']);
    this.stopped = metrics.gauge('ingest_landing_stopped', '1: this source’s landing topic is read no further, a person must look.', [
      'source',
    ]);
    this.seconds = metrics.histogram(
      'ingest_request_seconds',
      'From the whole body to the answer.',
      ['source'],
      [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    );
  }

  /** A landing topic is read no further until ingest starts again. */
  landingStopped(source: string): void {
    this.stopped.set({ source }, 1);
  }

  /** @param since `performance.now()` at the request's start. */
  answered(source: string, { results }: PublishAnswer, since: number): void {
    const milliseconds = performance.now() - since;
    this.seconds.observe({ source }, milliseconds / 1000);
    const counts = { accepted: 0, valid: 0, rejected: 0 };
    for (const outcome of results) {
      counts[outcome.status]++;
      if (outcome.status === 'rejected') for (const { rule } of outcome.problems) this.broken.inc({ source, rule });
    }
    for (const [outcome, count] of Object.entries(counts)) if (count > 0) this.events.inc({ source, outcome }, count);
    this.logger.info({ source, ...counts, milliseconds: Math.round(milliseconds) }, 'answered');
  }
}
