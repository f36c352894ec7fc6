import { setTimeout as pause } from 'node:timers/promises';
import type { SourceEventInput } from '#lib/events';
import type { SealedLog } from '../../support/sealed-log.js';
import type { Chronicle } from './chronicle.js';
import { type Acknowledged, type Door, publishDecisions, Refused } from './door.js';

const TICK_MS = 50;
const AGAIN_MS = 200;
const ONE_DECISION_IN = 10;

export interface LoadOptions {
  door: Door;
  log: SealedLog;
  prefix: string;
  /** What is said; where it decides nothing, somebody else does. */
  chronicle: Pick<Chronicle, 'next'> & Partial<Pick<Chronicle, 'decide'>>;
  perSecond: number;
  /** Publishes events alone. */
  withoutDecisions?: true;
}

/** Publishes all the time, as sources do, and remembers what was acknowledged. What is not acknowledged is sent again until it is. */
export class SteadyLoad {
  readonly acknowledged: Acknowledged[] = [];
  published = 0;
  retries = 0;
  private stopping = false;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly o: LoadOptions) {}

  start(): void {
    this.stopping = false;
    this.running = this.run();
    // Told by stop().
    this.running.catch(() => undefined);
  }

  /** So many events at once, beside or without the steady ones. */
  async burst(events: number, batch = 500): Promise<void> {
    for (let left = events; left > 0; left -= batch) await this.publish(this.o.chronicle.next(Math.min(left, batch)));
  }

  /** Keeps so many events back. @returns publishes them, late */
  holdBack(events: number): () => Promise<void> {
    const kept = this.o.chronicle.next(events);
    return () => this.publish(kept);
  }

  /** Finishes what is under way: afterwards everything published is acknowledged. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.running;
  }

  private async run(): Promise<void> {
    const from = Date.now();
    for (let due = 0, done = 0; !this.stopping;) {
      due = ((Date.now() - from) / 1000) * this.o.perSecond;
      // Never more than a second's worth at once, however long it was held up.
      const count = Math.min(Math.floor(due - done), this.o.perSecond);
      if (count > 0) await this.publish(this.o.chronicle.next(count));
      done = Math.floor(due);
      await pause(TICK_MS);
    }
  }

  private async publish(events: SourceEventInput[]): Promise<void> {
    this.published += events.length;
    const { log, prefix, chronicle, door } = this.o;
    this.acknowledged.push(...(await this.untilDone(() => door.send(events))));
    if (this.o.withoutDecisions || !chronicle.decide) return;
    const records = events.flatMap((event, index) =>
      index % ONE_DECISION_IN === 0 && 'recordId' in event ? [{ source: event.source, recordId: event.recordId }] : [],
    );
    const keys = await this.untilDone(() => log.keys.subjectsFor(records));
    const decisions = chronicle.decide(keys.map(({ subject }) => subject));
    if (decisions.length > 0) await this.untilDone(() => publishDecisions(log, prefix, decisions));
  }

  private async untilDone<T>(step: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await step();
      } catch (error) {
        if (error instanceof Refused || (error as { retriable?: unknown }).retriable === false) throw error;
        this.retries += 1;
        await pause(AGAIN_MS);
      }
    }
  }
}
