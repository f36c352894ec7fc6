import { setTimeout as pause } from 'node:timers/promises';
import { type SealedTurn, type Sealer, SealerElsewhereError } from '#lib/audit';

export interface KeepSealing {
  open(): Promise<Sealer>;
  everyMs: number;
  /** Told of each turn, of each that failed, and of each that found another sealer at work. */
  onTurn(turn: SealedTurn): void;
  onFailure(error: unknown): void;
  onStandBy(): void;
}

/** Seals turn by turn until it is stopped, and once more then. After any failure it begins anew, from what is pushed and stored. */
export class SealingLoop {
  private readonly stopping = new AbortController();
  private ended: Promise<void> = Promise.resolve();
  private sealer: Sealer | undefined;

  constructor(private readonly o: KeepSealing) {}

  start(): void {
    this.ended = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.ended;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.turn();
      await pause(this.o.everyMs, undefined, { signal }).catch(() => undefined);
    }
    if (this.sealer) await this.turn();
    await this.letGo();
  }

  private async turn(): Promise<void> {
    try {
      this.sealer ??= await this.o.open();
      this.o.onTurn(await this.sealer.turn());
    } catch (error) {
      await this.letGo();
      if (error instanceof SealerElsewhereError) this.o.onStandBy();
      else this.o.onFailure(error);
    }
  }

  private async letGo(): Promise<void> {
    await this.sealer?.close().catch(() => undefined);
    this.sealer = undefined;
  }
}
