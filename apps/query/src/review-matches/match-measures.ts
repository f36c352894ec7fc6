import type { Metrics } from '#lib/runtime';
import type { Answer } from './answers.js';
import { type Harm, HARMS } from './harm.js';
import type { Unfollowed } from './kept-rulings.js';

/** How many pairs of records wait for a steward and how long, and what stewards answer; never about whom. */
export class MatchMeasures {
  private readonly pairs;
  private readonly oldest;
  private readonly answers;
  private readonly secondLooks;
  private readonly toHandOver;
  private readonly unfollowedFor;

  constructor(metrics: Metrics) {
    this.pairs = metrics.gauge('involvement_matches_waiting', 'Pairs of records that wait for a data steward, as the matcher says.');
    this.oldest = metrics.gauge('involvement_matches_oldest_seconds', 'How long the first of them has waited, by why it comes first.', [
      'harm',
    ]);
    this.answers = metrics.counter('involvement_matches_answered_total', 'What data stewards have answered.', ['answer']);
    this.secondLooks = metrics.counter(
      'involvement_matches_second_looks_total',
      'Second looks at a pair, by whether they came to the same.',
      ['agreed'],
    );
    this.toHandOver = metrics.gauge('involvement_rulings_to_hand_over', 'Rulings of stewards that the matcher has not been asked for yet.');
    this.unfollowedFor = metrics.gauge(
      'involvement_rulings_oldest_seconds',
      'How long the oldest ruling of stewards has waited to be handed over to the matcher, and the oldest handed over to be in the log.',
      ['until'],
    );
  }

  /** @param since when the oldest of each kind was found; milliseconds since 1970 */
  waiting(pairs: number, since: Partial<Record<Harm, number>>): void {
    this.pairs.set(pairs);
    const now = Date.now();
    for (const harm of ALL) this.oldest.set({ harm }, Math.max(0, now - (since[harm] ?? now)) / 1000);
  }

  /** One of the databases is away: a figure of before would be believed. */
  notKnown(): void {
    this.pairs.set(Number.NaN);
    for (const harm of ALL) this.oldest.set({ harm }, Number.NaN);
  }

  /** @param waited null: it is not known */
  unfollowed(waited: Unfollowed | null): void {
    this.toHandOver.set(waited?.toHandOver ?? Number.NaN);
    this.unfollowedFor.set({ until: 'handed-over' }, waited?.notHandedOver ?? Number.NaN);
    this.unfollowedFor.set({ until: 'in-log' }, waited?.notInLog ?? Number.NaN);
  }

  answered(answer: Answer, agreed: boolean | null): void {
    this.answers.labels(answer).inc();
    if (agreed !== null) this.secondLooks.labels(agreed ? 'yes' : 'no').inc();
  }
}

const ALL = Object.keys(HARMS) as Harm[];
