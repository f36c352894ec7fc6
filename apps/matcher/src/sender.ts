import { setTimeout as pause } from 'node:timers/promises';
import type { IdentityDecision, Place } from '#lib/events';
import { HaltError, haltFor, type LogCodec, type LogProducer, type LogRecord } from '#lib/kafka';
import type { Logger } from '#lib/runtime';
import type { MatcherMetrics } from './matcher-metrics.js';
import { offsetsOf, saveOffsets } from './state/checkpoint.js';
import type { State } from './state/open-state.js';
import { forgetSent, waitingDecisions } from './state/outbox.js';
import type { Offsets } from './state/progress.js';

export interface SenderParts {
  state: State;
  codec: LogCodec;
  producer: Pick<LogProducer, 'send'>;
  topic: string;
  partitions: number;
  logger: Logger;
  metrics: MatcherMetrics;
}

const AT_ONCE = 5_000;
const LOOK_AGAIN_MS = 1_000;
const LONGEST_WAIT_MS = 5_000;

/**
 * Sends decisions from the outbox to `identity-log`, in the order of their numbers, and forgets them only when the log holds them: a crash in
 * between sends some again, with the same numbers, to no effect.
 */
export class Sender {
  #stopping = new AbortController();
  #wake: (() => void) | undefined;
  #running: Promise<void> | undefined;

  constructor(private readonly o: SenderParts) {}

  /** @param onHalt going on would be wrong: a person must look */
  start(onHalt: (halt: HaltError) => void): void {
    this.#running = this.#run(onHalt);
  }

  /** There is something to send. */
  wake(): void {
    this.#wake?.();
  }

  /** Sends all that waits, before anything else is sent. @throws whatever the log or the state meets */
  async sendAll(): Promise<void> {
    while ((await this.#sendSome()) > 0);
  }

  /** Finishes what is under way; the rest waits in the outbox. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await this.#running;
  }

  async #run(onHalt: (halt: HaltError) => void): Promise<void> {
    const { signal } = this.#stopping;
    for (let wait = 100; !signal.aborted;) {
      try {
        // Whoever wakes us while we send must not be missed.
        const woken = new Promise<void>((resolve) => (this.#wake = resolve));
        const sent = await this.#sendSome();
        wait = 100;
        if (sent === 0) await Promise.race([woken, pause(LOOK_AGAIN_MS, undefined, { signal })]).catch(() => undefined);
      } catch (err) {
        if (signal.aborted) return;
        const halt = haltFor(err, 'sending decisions');
        if (halt) return onHalt(halt);
        this.o.logger.warn({ err }, 'decisions could not be sent, trying again');
        await pause(wait, undefined, { signal }).catch(() => undefined);
        wait = Math.min(wait * 2, LONGEST_WAIT_MS);
      }
    }
  }

  async #sendSome(): Promise<number> {
    const { state, producer, topic, metrics } = this.o;
    const { waiting, known } = await state.transaction(async (client) => {
      const waiting = await waitingDecisions(client, AT_ONCE);
      return { waiting, known: waiting.length === 0 ? [] : await offsetsOf(client, topic) };
    });
    if (waiting.length === 0) return 0;
    const sending = withoutOutdated(waiting);
    const places = await producer.send(topic, sending.flatMap((decision) => this.#recordsOf(decision))); // prettier-ignore
    mustFollow(places, known, topic);
    await state.transaction(async (client) => {
      await forgetSent(client, waiting.at(-1)!.decision);
      await saveOffsets(client, topic, reached(places));
    });
    for (const { type } of sending) metrics.sent.inc({ type });
    return waiting.length;
  }

  #recordsOf(decision: IdentityDecision): LogRecord[] {
    const value = this.o.codec.encodeDecision(decision);
    if ('subject' in decision) return [{ key: decision.subject, value }];
    if (decision.type === 'PersonRetired') return [{ key: decision.person, value }];
    if (decision.type === 'MatchModelChosen') return [{ key: 'match-model', value }];
    // Every partition says it for itself, behind the decisions it covers.
    return Array.from({ length: this.o.partitions }, (_, partition) => ({ key: 'matched-up-to', partition, value }));
  }
}

/** Of several announcements that wait together only the last says something. */
function withoutOutdated(decisions: readonly IdentityDecision[]): IdentityDecision[] {
  const last = decisions.findLast(({ type }) => type === 'MatchedUpTo');
  return decisions.filter((decision) => decision.type !== 'MatchedUpTo' || decision === last);
}

/** @throws HaltError where the log has taken decisions at offsets that it held others at before: it was made again, and those are gone */
function mustFollow(places: readonly Place[], known: Offsets, topic: string): void {
  const ends = new Map(known.map(({ partition, offset }) => [partition, offset]));
  const before = places.find(({ partition, offset }) => offset < (ends.get(partition) ?? 0));
  if (before) throw new HaltError('log-shorter', `${topic}/${before.partition} ended before what was sent to it`);
}

function reached(places: readonly Place[]): Place[] {
  const ends = new Map<number, number>();
  for (const { partition, offset } of places) ends.set(partition, Math.max(ends.get(partition) ?? 0, offset + 1));
  return [...ends].map(([partition, offset]) => ({ partition, offset }));
}
