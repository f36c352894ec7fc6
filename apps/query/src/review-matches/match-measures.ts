import type { Metrics } from '#lib/runtime';
import type { Answer } from './answers.js';

/** How many pairs of records wait for a steward and how long, and what stewards answer; never about whom. */
export class MatchMeasures {
  private readonly pairs;
  private readonly oldest;
  private readonly answers;
  private readonly secondLooks;

  constructor(metrics: Metrics) {
    this.pairs = metrics.gauge('involvement_matches_waiting', 'Pairs of records that wait for a data steward.');
    this.oldest = metrics.gauge('involvement_matches_oldest_seconds', 'How long the first of them has waited.');
    this.answers = metrics.counter('involvement_matches_answered_total', 'What data stewards have answered.', ['answer']);
    this.secondLooks = metrics.counter(
      'involvement_matches_second_looks_total',
      'Second looks at a pair, by whether they came to the same.',
      ['agreed'],
    );
  }

  waiting(pairs: number, since: number | null): void {
    this.pairs.set(pairs);
    this.oldest.set(since === null ? 0 : Math.max(0, (Date.now() - since) / 1000));
  }

  /** The matcher's database is away: a figure of before would be believed. */
  notKnown(): void {
    this.pairs.set(Number.NaN);
    this.oldest.set(Number.NaN);
  }

  answered(answer: Answer, agreed: boolean | null): void {
    this.answers.labels(answer).inc();
    if (agreed !== null) this.secondLooks.labels(agreed ? 'yes' : 'no').inc();
  }
}
