import { setTimeout as pause } from 'node:timers/promises';
import type { IdentityDecision } from '#lib/events';
import type { Logger } from '#lib/runtime';

/** Soon enough for whoever waits for what they have decided. */
const LOOK_EVERY_MS = 500;

/** Looks again and again for what was decided by hand. */
export class Rulings {
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;

  constructor(private readonly o: { take(): Promise<IdentityDecision[]>; taken(decisions: IdentityDecision[]): void; logger: Logger }) {}

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        const decisions = await this.o.take();
        if (decisions.length > 0) this.o.taken(decisions);
      } catch (err) {
        if (!signal.aborted) this.o.logger.warn({ err }, 'what was decided by hand could not be taken in, trying again');
      }
      await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
