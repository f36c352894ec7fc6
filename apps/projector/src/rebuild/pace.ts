import { setTimeout as pause } from 'node:timers/promises';
import type { PartitionBatch } from '#lib/kafka';

const LONGEST_PAUSE_MS = 500;

/** Slows folding down to so many events a second, over all partitions together; null: as fast as it goes. */
export class Pace {
  private freeAt = 0;
  perSecond: number | null = null;

  /** Waits for the batch's turn, keeping the partition meanwhile. */
  async turn(batch: Pick<PartitionBatch, 'messages' | 'heartbeat' | 'stillOwned'>): Promise<void> {
    if (this.perSecond === null) return;
    const from = Math.max(this.freeAt, Date.now());
    this.freeAt = from + (batch.messages.length / this.perSecond) * 1_000;
    while (Date.now() < from && batch.stillOwned()) {
      await pause(Math.min(LONGEST_PAUSE_MS, from - Date.now()));
      await batch.heartbeat();
    }
  }
}
