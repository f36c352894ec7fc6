import { setTimeout as pause } from 'node:timers/promises';
import { type HaltError, haltFor } from '#lib/kafka';
import type { Logger } from '#lib/runtime';

interface RoundsParts {
  /** One round of the work, to be broken off when it is stopped. @returns milliseconds until the next */
  round(stopping: AbortSignal): Promise<number>;
  /** The work, as it is called where it fails. */
  what: string;
  logger: Logger;
  /** Going on would be wrong: a person must look. */
  onHalt(halt: HaltError): void;
}

const AFTER_FAILURE_MS = 500;

/** Work done in rounds beside deciding. A failure that passes is tried again; any other ends it. */
export class Rounds {
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;

  constructor(private readonly o: RoundsParts) {}

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
      const wait = await this.#round();
      if (wait === 'halted') return;
      await pause(wait, undefined, { signal }).catch(() => undefined);
    }
  }

  async #round(): Promise<number | 'halted'> {
    const { round, what, logger, onHalt } = this.o;
    try {
      return await round(this.#stopping.signal);
    } catch (err) {
      if (this.#stopping.signal.aborted) return AFTER_FAILURE_MS;
      const halt = haltFor(err, what);
      if (halt) {
        onHalt(halt);
        return 'halted';
      }
      logger.warn({ err }, `${what} failed, trying again`);
      return AFTER_FAILURE_MS;
    }
  }
}
