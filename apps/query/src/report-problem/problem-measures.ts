import type { Metrics } from '#lib/runtime';
import type { Category, ProblemOutcome } from './problem-categories.js';

/** How many problems are reported and answered; never with whose record. How many wait is upkeep's to tell. */
export class ProblemMeasures {
  private readonly reports;
  private readonly answers;

  constructor(metrics: Metrics) {
    this.reports = metrics.counter('involvement_problems_reported_total', 'Problems that readers reported with a record.', ['category']);
    this.answers = metrics.counter('involvement_problems_answered_total', 'Answers of sources to them.', ['outcome']);
  }

  reported(category: Category): void {
    this.reports.labels(category).inc();
  }

  answered(outcome: ProblemOutcome): void {
    this.answers.labels(outcome).inc();
  }
}
