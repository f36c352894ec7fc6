import { setTimeout as pause } from 'node:timers/promises';
import type { LogWatch, Mismatch, WatchTurn } from '#lib/audit';

export interface KeepWatching {
  open(): Promise<LogWatch | null>;
  /** Entries a second, at most. */
  pace: number;
  /** Told of each turn, and of each that failed; null: another process watches. */
  onTurn(turn: WatchTurn | null): Promise<void>;
  onFailure(error: unknown): Promise<void>;
}

const IDLE_MS = 1_000;
const NOTHING = { checked: 0, underWay: false };

/** Watches the sealed log until it is stopped. After any failure it begins anew, where it was. */
export class WatchingLoop {
  private readonly stopping = new AbortController();
  private readonly given: Mismatch[] = [];
  private ended: Promise<void> = Promise.resolve();
  private watch: LogWatch | null = null;

  constructor(private readonly o: KeepWatching) {}

  start(): void {
    this.ended = this.run();
  }

  /** What somebody else has found, to be told like all that is found here. */
  found(mismatch: Mismatch): void {
    if (!this.given.some(({ id }) => id === mismatch.id)) this.given.push(mismatch);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.ended;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const begun = performance.now();
      const { checked, underWay } = await this.turn();
      const due = underWay ? (checked / this.o.pace) * 1_000 : IDLE_MS;
      await pause(Math.max(1, due - (performance.now() - begun)), undefined, { signal }).catch(() => undefined);
    }
    await this.letGo();
  }

  private async turn(): Promise<Pick<WatchTurn, 'checked' | 'underWay'>> {
    try {
      this.watch ??= await this.o.open();
      if (this.watch === null) {
        await this.o.onTurn(null);
        return NOTHING;
      }
      const given = await this.watch.note(this.given);
      this.given.length = 0;
      const turn = await this.watch.turn();
      await this.o.onTurn({ ...turn, fresh: [...given, ...turn.fresh] });
      return turn;
    } catch (error) {
      await this.letGo();
      await this.o.onFailure(error);
      return NOTHING;
    }
  }

  private async letGo(): Promise<void> {
    await this.watch?.close().catch(() => undefined);
    this.watch = null;
  }
}
