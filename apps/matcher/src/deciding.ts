import { hash } from 'node:crypto';
import type { Topics } from '#lib/events';
import { consumeLog, type Kafka, type LogCodec, type LogConsumption, type LogMessage, type LogProducer, type PartitionBatch, type SchemaStore } from '#lib/kafka'; // prettier-ignore
import type { Logger } from '#lib/runtime';
import type { KeyStore } from '#lib/sealing';
import { Announcer } from './announcer.js';
import type { MatchKeys } from './match-keys.js';
import type { MatcherMetrics } from './matcher-metrics.js';
import { readEvents } from './read-events.js';
import { Sender } from './sender.js';
import { checkpointOf } from './state/checkpoint.js';
import type { State } from './state/open-state.js';
import { becomeWriter, lockProgress } from './state/progress.js';
import { decideRemembered, takeIn } from './take-in.js';
import { hasCaughtUp, takeOverDecisions } from './take-over.js';

export interface DecidingParts {
  kafka: Kafka;
  topics: Topics;
  partitions: number;
  codec: LogCodec;
  schemas: SchemaStore;
  producer: Pick<LogProducer, 'send'>;
  keyStore: KeyStore;
  matchKeys: MatchKeys;
  state: State;
  logger: Logger;
  metrics: MatcherMetrics;
}

const REMEMBERED_AT_ONCE = 2_000;

/** The work of the one writer: reads `involvement-log`, decides, sends the decisions. */
export class Deciding {
  readonly #sender: Sender;
  readonly #announcer: Announcer;
  #consumption: LogConsumption | undefined;
  #end!: (error: Error) => void;
  /** Resolves when going on would be wrong: with what a person must look at. */
  readonly halted = new Promise<Error>((resolve) => (this.#end = resolve));

  private constructor(
    private readonly o: DecidingParts,
    private readonly writer: number,
  ) {
    this.#sender = new Sender({ ...o, topic: o.topics.identityLog });
    const announced = () => this.#sender.wake();
    this.#announcer = new Announcer({ ...o, writer, topic: o.topics.involvementLog, announced });
  }

  /** Starts as the writer; whoever was it before can decide nothing more. @throws retriable errors, HaltError */
  static async start(parts: DecidingParts): Promise<Deciding> {
    const writer = await parts.state.transaction(becomeWriter);
    await takeOverDecisions({ ...parts, writer });
    const deciding = new Deciding(parts, writer);
    await deciding.#finishCatchingUp();
    deciding.#sender.start();
    deciding.#announcer.moved();
    deciding.#consume();
    return deciding;
  }

  ready(): boolean {
    return this.#consumption?.ready() ?? false;
  }

  /** Takes nothing more in, finishes what is under way; decisions not sent yet wait in the outbox. */
  async stop(): Promise<void> {
    await this.#consumption?.stop();
    await this.#announcer.stop();
    await this.#sender.stop();
  }

  #consume(): void {
    const { kafka, topics, state, logger } = this.o;
    this.#consumption = consumeLog({
      kafka,
      groupId: topics.matcherGroup,
      topics: [topics.involvementLog],
      logger,
      startingPoints: (assigned) =>
        state.transaction((client) => inTurn(assigned, ({ topic, partition }) => checkpointOf(client, topic, partition))),
      verify: (message, _, remembered) => Promise.resolve(fingerprint(message) === remembered),
      apply: (batch) => this.#apply(batch),
      onHalt: (error) => this.#end(error),
      onRetry: (err) => logger.warn({ err }, 'a batch could not be taken in, trying again'),
    });
  }

  async #apply(batch: PartitionBatch): Promise<'applied' | 'reread'> {
    const { state, metrics } = this.o;
    const { topic, partition, from, messages } = batch;
    const { changes, oldest } = await readEvents(messages, this.o);
    const last = messages.at(-1)!;
    const step = { topic, partition, from, to: last.offset + 1, lastEventId: fingerprint(last) };
    const { result, decisions, catchingUp } = await state.transaction((client) => takeIn(client, this.writer, step, changes));
    if (result === 'elsewhere') return 'reread';
    for (const { type } of decisions) metrics.decisions.inc({ type });
    if (oldest !== undefined) metrics.delay.observe(Math.max(0, Date.now() - oldest) / 1000);
    if (decisions.length > 0) this.#sender.wake();
    if (catchingUp) await this.#finishCatchingUp();
    this.#announcer.moved();
    return 'applied';
  }

  /** Once everything is read again that was decided before, decides all of it together: the same answer as event by event. */
  async #finishCatchingUp(): Promise<void> {
    const { state, topics, metrics, logger } = this.o;
    const over = await state.transaction(async (client) => {
      const { catchUp } = await lockProgress(client, this.writer);
      return catchUp !== null && (await hasCaughtUp(client, topics.involvementLog, catchUp));
    });
    if (!over) return;
    for (;;) {
      const decisions = await state.transaction((client) => decideRemembered(client, this.writer, REMEMBERED_AT_ONCE));
      if (decisions === 'done') break;
      for (const { type } of decisions) metrics.decisions.inc({ type });
      this.#sender.wake();
    }
    logger.info('caught up with what was decided before');
  }
}

/** What is remembered of a message: enough to know it again, and nothing of what it says. */
function fingerprint({ value }: LogMessage): string {
  return hash('sha256', value ?? '', 'hex');
}

async function inTurn<T, R>(items: readonly T[], step: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await step(item));
  return results;
}
