import type { Comparable } from '#lib/matching';

/** Opened records are some 2 kB each. Of a million hardly one is asked for again soon: those of the components at hand are. */
const AT_MOST = 5_000;
/** In the time that a record may stay. */
const SWEEPS = 5;

interface Opened {
  comparable: Comparable;
  content: string;
  until: number;
}

/** Records that were opened lately. None is given out after its time, nor kept for long after it, whether anybody asks for it again or not. */
export class OpenedLately {
  readonly #opened = new Map<string, Opened>();
  /** What is over will be looked for soon. */
  #swept = false;

  /** @param maxAge milliseconds */
  constructor(private readonly maxAge: number) {}

  get size(): number {
    return this.#opened.size;
  }

  /** The record as it was opened, if it still says the same. */
  get(subject: string, content: string): Comparable | undefined {
    const one = this.#opened.get(subject);
    if (!one) return undefined;
    this.#opened.delete(subject);
    if (one.content !== content || one.until <= Date.now()) return undefined;
    this.#opened.set(subject, one);
    return one.comparable;
  }

  add(subject: string, content: string, comparable: Comparable): void {
    this.#opened.set(subject, { comparable, content, until: Date.now() + this.maxAge });
    if (this.#opened.size > AT_MOST) this.#opened.delete(this.#opened.keys().next().value!);
    if (!this.#swept) this.#sweepLater();
  }

  #sweepLater(): void {
    this.#swept = true;
    setTimeout(() => this.#sweep(), this.maxAge / SWEEPS).unref();
  }

  #sweep(): void {
    const now = Date.now();
    for (const [subject, { until }] of this.#opened) if (until <= now) this.#opened.delete(subject);
    this.#swept = false;
    if (this.#opened.size > 0) this.#sweepLater();
  }
}
