import type { Metrics } from '#lib/runtime';

/** How long questions take and how they end; by the question's name, never by whom it was about. */
export class AskMeasures {
  private readonly seconds;

  constructor(metrics: Metrics) {
    this.seconds = metrics.histogram(
      'involvement_ask_seconds',
      'Time from a question to its durable audit record, by question and outcome.',
      ['question', 'outcome'],
      [0.002, 0.005, 0.01, 0.02, 0.04, 0.06, 0.1, 0.25, 1, 5],
    );
  }

  /** @param since as `performance.now()` gave it */
  asked(question: string, outcome: 'answered' | 'denied' | 'failed', since: number): void {
    this.seconds.observe({ question, outcome }, (performance.now() - since) / 1000);
  }
}
