import { type SealedTurn, SealRefusedError } from '#lib/audit';
import type { Metrics } from '#lib/runtime';

/** What is seen of sealing from outside; standing by, a process says nothing, so that the one at work is heard. */
export class SealMeasures {
  private readonly checkpointAt;
  private readonly entries;
  private readonly oldest;
  private readonly refused;

  constructor(metrics: Metrics) {
    this.checkpointAt = metrics.gauge(
      'audit_checkpoint_at_seconds',
      'When the newest pushed checkpoint was signed, in seconds since 1970.',
    );
    this.entries = metrics.gauge('audit_sealed_entries', 'Entries that have their place in the sealed tree.');
    this.oldest = metrics.gauge(
      'audit_unsealed_oldest_at_seconds',
      'Time of the oldest entry that waits to be sealed, in seconds since 1970; 0: none.',
    );
    this.refused = metrics.gauge('audit_seal_refused', '1 when nothing is signed because the log does not continue what was pushed.', [
      'code',
    ]);
  }

  sealed({ size, signedAt, oldestWaiting }: SealedTurn): void {
    this.checkpointAt.set(signedAt / 1000);
    this.entries.set(size);
    this.oldest.set((oldestWaiting ?? 0) / 1000);
    this.refused.reset();
  }

  standsBy(): void {
    for (const gauge of [this.checkpointAt, this.entries, this.oldest]) gauge.remove();
    this.refused.reset();
  }

  failed(error: unknown): void {
    if (error instanceof SealRefusedError) this.refused.set({ code: error.code }, 1);
  }
}
