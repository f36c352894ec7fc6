import type { IdentityDecision, Topics } from '#lib/events';
import { type HaltError, type Kafka, type LogMessage, readRange, type TopicPartition } from '#lib/kafka';
import type { Logger } from '#lib/runtime';
import type { ComparingBy } from './comparing-by.js';
import type { MatcherMetrics } from './matcher-metrics.js';
import { readEvents, type ReadingTools } from './read-events.js';
import { Rounds } from './rounds.js';
import type { State } from './state/open-state.js';
import { countUnread, unreadToTry } from './state/unread.js';
import { takeInAgain } from './take-in.js';

interface ReadAgainParts extends ReadingTools {
  kafka: Kafka;
  topics: Topics;
  state: State;
  writer: number;
  comparing: ComparingBy;
  logger: Logger;
  metrics: MatcherMetrics;
  /** Decisions were made. */
  decided(decisions: readonly IdentityDecision[]): void;
  /** Going on would be wrong: a person must look. */
  onHalt(halt: HaltError): void;
}

const LOOK_EVERY_MS = 1_000;
/** What of the log is read at once, in offsets, to find the few that are wanted. */
const WITHIN = 1_000;

/** Reads again, from the log, what could not be read when its turn came. Registers commute: taken in late, it makes the same people. */
export class ReadAgain {
  readonly #rounds: Rounds;

  constructor(private readonly o: ReadAgainParts) {
    this.#rounds = new Rounds({ ...o, what: 'reading again what could not be read', round: (stopping) => this.#round(stopping) });
  }

  start(): void {
    this.#rounds.start();
  }

  /** Whoever decides next counts what waits. */
  async stop(): Promise<void> {
    await this.#rounds.stop();
    this.o.metrics.unread.set(0);
  }

  async #round(stopping: AbortSignal): Promise<number> {
    const { state, topics, metrics } = this.o;
    const begun = performance.now();
    const waiting = await state.transaction(countUnread);
    metrics.unread.set(waiting);
    const wanted = waiting === 0 ? [] : await state.transaction((client) => unreadToTry(client, topics.involvementLog, WITHIN));
    if (wanted.length > 0) await this.#read(wanted, stopping);
    return Math.max(LOOK_EVERY_MS, performance.now() - begun);
  }

  /** @param wanted in one partition, in order */
  async #read(wanted: readonly { partition: number; offset: number }[], signal: AbortSignal): Promise<void> {
    const { kafka, topics, logger } = this.o;
    const offsets = new Set(wanted.map(({ offset }) => offset));
    const { partition, offset: from } = wanted[0]!;
    await readRange({
      kafka,
      groupPrefix: topics.matcherGroups,
      ranges: [{ topic: topics.involvementLog, partition, from, to: wanted.at(-1)!.offset + 1 }],
      apply: ({ messages, ...place }) => this.#takeIn(place, messages.filter(({ offset }) => offsets.has(offset))), // prettier-ignore
      signal,
      logger,
    });
  }

  async #takeIn(place: TopicPartition, messages: readonly LogMessage[]): Promise<void> {
    if (messages.length === 0) return;
    const { state, writer, comparing, logger, decided } = this.o;
    const { changes, unread } = await readEvents(messages, this.o);
    const left = new Set(unread.map(({ offset }) => offset));
    const read = messages.map(({ offset }) => offset).filter((offset) => !left.has(offset));
    decided(await state.transaction((client) => takeInAgain(client, writer, comparing, place, { read, changes, unread })));
    if (read.length > 0) logger.info({ ...place, read: read.length }, 'events that could not be read before are taken in');
  }
}
