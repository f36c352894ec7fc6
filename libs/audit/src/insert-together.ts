import type { PreparedEntry } from './prepare-entries.js';
import { isRefusal } from './spool/drain-spool.js';

/** What one request puts on record. */
export interface OneLook {
  entries: readonly PreparedEntry[];
  written: Map<object, string>;
}

interface Waiting {
  look: OneLook;
  taken(): void;
  failed(error: unknown): void;
}

const STATEMENTS_AT_ONCE = 2;
const LOOKS_AT_ONCE = 100;

/**
 * Writes what many requests put on record by few statements: whatever has come while the statements before are being made durable goes with the
 * next. None waits for others to come, and each is told only once its own entries are on disk.
 */
export class InsertTogether {
  private readonly waiting: Waiting[] = [];
  private underWay = 0;

  /** @param insert one statement, all or none */
  constructor(private readonly insert: (looks: readonly OneLook[]) => Promise<void>) {}

  /** @throws what the store throws */
  record(look: OneLook): Promise<void> {
    return new Promise((taken, failed) => {
      this.waiting.push({ look, taken, failed });
      this.next();
    });
  }

  private next(): void {
    if (this.underWay >= STATEMENTS_AT_ONCE || this.waiting.length === 0) return;
    this.underWay += 1;
    void this.write(this.waiting.splice(0, LOOKS_AT_ONCE)).finally(() => {
      this.underWay -= 1;
      this.next();
    });
  }

  private async write(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.insert(batch.map(({ look }) => look));
      for (const { taken } of batch) taken();
    } catch (error) {
      // One that the store will never have must not hold up the others.
      if (isRefusal(error) && batch.length > 1) for (const one of batch) await this.write([one]);
      else this.fail(batch, error);
    }
  }

  /** Whoever waits behind a store that does not answer turns to the other one as well, rather than wait as long again. */
  private fail(batch: readonly Waiting[], error: unknown): void {
    const behind = isRefusal(error) ? [] : this.waiting.splice(0);
    for (const { failed } of [...batch, ...behind]) failed(error);
  }
}
