import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '#lib/runtime';
import type { Deciding as Whole } from './deciding.js';
import type { MatcherMetrics } from './matcher-metrics.js';
import { WriterReplacedError } from './state/progress.js';
import { WriterLock } from './writer-lock.js';

type Deciding = Pick<Whole, 'halted' | 'ready' | 'stop'>;

interface StandByParts {
  url: string;
  /** Becomes the writer. */
  start(): Promise<Deciding>;
  logger: Logger;
  metrics: MatcherMetrics;
}

const TRY_AGAIN_MS = 1_000;
const STOP_WITHIN_MS = 9_000;

/** One matcher of a deployment decides, any other stands by and takes its place when it is gone. */
export class StandBy {
  readonly #stopping = new AbortController();
  readonly #stopped = new Promise<'stopped'>((resolve) => this.#stopping.signal.addEventListener('abort', () => resolve('stopped')));
  #deciding: Deciding | undefined;
  #role: 'starting' | 'standing by' | 'deciding' | 'halted' = 'starting';
  #running: Promise<void> | undefined;

  constructor(private readonly o: StandByParts) {}

  start(): void {
    this.#running = this.#run();
  }

  /** @throws unless it decides, or waits for the one that does */
  look(): Promise<void> {
    const ready = this.#role === 'standing by' || (this.#role === 'deciding' && this.#deciding?.ready());
    return ready ? Promise.resolve() : Promise.reject(new Error(`the matcher is ${this.#role}`));
  }

  /** Within 9 s, even while something it needs to begin with is not there. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.race([this.#running, pause(STOP_WITHIN_MS, undefined, { ref: false })]);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await this.#term();
      } catch (err) {
        if (signal.aborted) return;
        this.o.logger.warn({ err }, 'cannot decide yet, trying again');
      }
      this.#role = 'starting';
      await pause(TRY_AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** From the wait for the lock to its end. */
  async #term(): Promise<void> {
    const { url, logger, metrics } = this.o;
    const waiting = setTimeout(() => (this.#role = 'standing by'), TRY_AGAIN_MS);
    const lock = await WriterLock.acquire(url, this.#stopping.signal).finally(() => clearTimeout(waiting));
    this.#role = 'starting';
    try {
      this.#deciding = await this.#startUnlessHalted();
      if (!this.#deciding) return;
      this.#role = 'deciding';
      metrics.writer.set(1);
      logger.info('deciding');
      const why = await Promise.race([this.#stopped, lock.lost.then(() => 'lock lost' as const), this.#deciding.halted]);
      if (why === 'lock lost') logger.warn('the database let go of the lock: standing by again');
      if (why instanceof Error && !(why.cause instanceof WriterReplacedError)) await this.#halt(why);
    } finally {
      metrics.writer.set(0);
      await this.#deciding?.stop();
      this.#deciding = undefined;
      await lock.release();
    }
  }

  async #startUnlessHalted(): Promise<Deciding | undefined> {
    try {
      return await this.o.start();
    } catch (error) {
      if ((error as { retriable?: boolean }).retriable === true || error instanceof WriterReplacedError) throw error;
      await this.#halt(error as Error);
      return undefined;
    }
  }

  /** Ends all of its work, whichever part has met it. Keeps the lock, so that no other matcher runs into the same; a person must look. */
  async #halt(err: Error): Promise<void> {
    this.#role = 'halted';
    this.o.metrics.halted.set(1);
    this.o.logger.fatal({ err }, 'halted: nothing more is decided until a person has looked');
    await this.#deciding?.stop();
    await this.#stopped;
  }
}
