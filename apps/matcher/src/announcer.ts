import { type HaltError, haltFor } from '#lib/kafka';
import type { Logger } from '#lib/runtime';
import { announce } from './announce.js';
import type { State } from './state/open-state.js';

/** Soon enough for "Checked, nothing found", seldom enough for a log that is kept for ever. */
const AT_MOST_EVERY_MS = 200;

interface AnnouncerParts {
  state: State;
  writer: number;
  topic: string;
  logger: Logger;
  announced(): void;
  /** Going on would be wrong: a person must look. */
  onHalt(halt: HaltError): void;
}

/** Announces how far everything is decided, soon after it has moved. */
export class Announcer {
  #last = 0;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(private readonly o: AnnouncerParts) {}

  /** Something was decided. */
  moved(): void {
    if (this.#timer || this.#stopped) return;
    const wait = Math.max(0, this.#last + AT_MOST_EVERY_MS - Date.now());
    this.#timer = setTimeout(() => {
      this.#running = this.#announce();
    }, wait);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #announce(): Promise<void> {
    this.#timer = undefined;
    this.#last = Date.now();
    const { state, writer, topic, logger, announced, onHalt } = this.o;
    try {
      if (await state.transaction((client) => announce(client, writer, topic))) announced();
    } catch (err) {
      const halt = haltFor(err, 'announcing how far everything is decided');
      if (halt) return onHalt(halt);
      logger.warn({ err }, 'could not announce how far everything is decided, trying again');
      this.moved();
    }
  }
}
