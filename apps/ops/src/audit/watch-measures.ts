import type { WatchTurn } from '#lib/audit';
import type { Metrics } from '#lib/runtime';

/** What is seen from outside of how the sealed log is watched; standing by, a process says nothing. */
export class WatchMeasures {
  private readonly mismatches;
  private readonly newestAt;
  private readonly wholeAt;
  private readonly entries;

  constructor(metrics: Metrics) {
    this.mismatches = metrics.gauge(
      'audit_log_mismatches',
      'Places where the audit log is not what was sealed, that nobody has acknowledged.',
    );
    this.newestAt = metrics.gauge(
      'audit_newest_checked_at_seconds',
      'When the last hour of the audit log was last begun to be checked, of the checks that have ended; in seconds since 1970.',
    );
    this.wholeAt = metrics.gauge('audit_whole_checked_at_seconds', 'The same of the whole audit log.');
    this.entries = metrics.counter('audit_checked_entries_total', 'Entries of the audit log that were compared with what was sealed.');
  }

  found(waiting: number): void {
    this.mismatches.set(waiting);
  }

  checked({ newestAt, wholeAt, checked }: WatchTurn): void {
    if (newestAt !== null) this.newestAt.set(newestAt / 1_000);
    if (wholeAt !== null) this.wholeAt.set(wholeAt / 1_000);
    this.entries.inc(checked);
  }

  standsBy(): void {
    for (const gauge of [this.mismatches, this.newestAt, this.wholeAt]) gauge.remove();
  }
}
