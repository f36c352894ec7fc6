import { hash } from 'node:crypto';
import type { IdentityDecision, Topics } from '#lib/events';
import { consumeLog, type HaltError, type Kafka, type LogCodec, type LogConsumption, type LogMessage, type LogProducer, type PartitionBatch, type SchemaStore } from '#lib/kafka'; // prettier-ignore
import type { Logger } from '#lib/runtime';
import type { KeyStore } from '#lib/sealing';
import { Announcer } from './announcer.js';
import { Beside } from './candidate/beside.js';
import { ComparingBy } from './comparing-by.js';
import type { MatchKeys } from './match-keys.js';
import type { Matching, MatchingAtStart } from './model.js';
import { recordOpener } from './open-records.js';
import type { MatcherMetrics } from './matcher-metrics.js';
import { passOver } from './pass-over.js';
import { ReadAgain } from './read-again.js';
import { readEvents, type ReadingTools } from './read-events.js';
import { Rounds } from './rounds.js';
import { Sender } from './sender.js';
import { checkpointOf } from './state/checkpoint.js';
import type { State } from './state/open-state.js';
import { becomeWriter, lockProgress } from './state/progress.js';
import { quarantinedRecords } from './state/records.js';
import { catchUpStep, takeIn } from './take-in.js';
import { hasCaughtUp, takeOverDecisions } from './take-over.js';
import { takeRulings } from './take-rulings.js';

export interface DecidingParts {
  kafka: Kafka;
  topics: Topics;
  partitions: number;
  codec: LogCodec;
  schemas: SchemaStore;
  producer: Pick<LogProducer, 'send'>;
  keyStore: KeyStore;
  matchKeys: MatchKeys;
  /** As the settings of this process have it; a model that was approved since is used instead. */
  matching: MatchingAtStart;
  /** With more records than this without key or tombstone, the key store is taken for lost. */
  missingKeysToHalt: number;
  state: State;
  logger: Logger;
  metrics: MatcherMetrics;
}

const REMEMBERED_AT_ONCE = 2_000;
/** How long an opened record is kept so; its key was known for some time already. */
const OPEN_MS = 5_000;
/** Soon enough for whoever waits for what they have decided by hand. */
const RULINGS_EVERY_MS = 500;

/** The work of the one writer: reads `involvement-log`, decides, sends the decisions. */
export class Deciding {
  readonly #sender: Sender;
  readonly #announcer: Announcer;
  readonly #comparing: ComparingBy;
  readonly #rulings: Rounds;
  readonly #beside: Beside;
  readonly #reading: ReadingTools;
  readonly #again: ReadAgain;
  #consumption: LogConsumption | undefined;
  #end!: (error: Error) => void;
  /** Resolves when going on would be wrong: with what a person must look at. */
  readonly halted = new Promise<Error>((resolve) => (this.#end = resolve));

  private constructor(
    private readonly o: Omit<DecidingParts, 'matching'> & { matching: Matching },
    private readonly writer: number,
  ) {
    const { keyStore, matching } = o;
    this.#comparing = new ComparingBy(matching, () => recordOpener(keyStore, OPEN_MS));
    this.#reading = { ...o, sensitiveSources: matching.sensitiveSources };
    const onHalt = (halt: HaltError) => this.#end(halt);
    this.#sender = new Sender({ ...o, topic: o.topics.identityLog });
    this.#rulings = new Rounds({ ...o, what: 'taking in what was decided by hand', round: () => this.#takeRulings(), onHalt });
    this.#beside = new Beside({
      ...o,
      writer,
      onHalt,
      comparing: this.#comparing,
      decided: (decisions) => this.#decided(decisions),
      settled: () => this.#announcer.moved(),
    });
    this.#again = new ReadAgain({
      ...o,
      ...this.#reading,
      writer,
      onHalt,
      comparing: this.#comparing,
      decided: (decisions) => this.#decided(decisions),
    });
    const announced = () => this.#sender.wake();
    this.#announcer = new Announcer({ ...o, writer, topic: o.topics.involvementLog, announced, onHalt });
  }

  /** Starts as the writer; whoever was it before can decide nothing more. @throws retriable errors, HaltError */
  static async start(parts: DecidingParts): Promise<Deciding> {
    const writer = await parts.state.transaction(becomeWriter);
    const sender = new Sender({ ...parts, topic: parts.topics.identityLog });
    const matching = await takeOverDecisions({ ...parts, writer, sendWaiting: () => sender.sendAll() });
    const deciding = new Deciding({ ...parts, matching }, writer);
    await deciding.#finishCatchingUp();
    await deciding.#countQuarantined();
    deciding.#sender.start((halt) => deciding.#end(halt));
    deciding.#announcer.moved();
    deciding.#consume();
    deciding.#rulings.start();
    deciding.#beside.start();
    deciding.#again.start();
    return deciding;
  }

  ready(): boolean {
    return this.#consumption?.ready() ?? false;
  }

  /** Takes nothing more in, finishes what is under way; decisions not sent yet wait in the outbox. */
  async stop(): Promise<void> {
    await Promise.all([this.#consumption?.stop(), this.#again.stop()]);
    await this.#rulings.stop();
    await this.#beside.stop();
    await this.#announcer.stop();
    await this.#sender.stop();
  }

  #consume(): void {
    const { kafka, topics, partitions, state, logger } = this.o;
    this.#consumption = consumeLog({
      kafka,
      groupId: topics.matcherGroup,
      topics: [topics.involvementLog],
      partitions,
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
    const { state, metrics, missingKeysToHalt } = this.o;
    const { topic, partition, from, messages } = batch;
    const { envelopes, changes, unread } = await readEvents(messages, this.#reading);
    const last = messages.at(-1)!;
    const step = { topic, partition, from, to: last.offset + 1, lastEventId: fingerprint(last) };
    const { result, decisions, catchingUp } = await state.transaction(async (client) => {
      const taken = await takeIn(client, this.writer, this.#comparing, step, changes);
      if (taken.result === 'advanced') await passOver(client, step, unread, { catchingUp: taken.catchingUp, missingKeysToHalt });
      return taken;
    });
    if (result === 'elsewhere') return 'reread';
    for (const { type } of envelopes) metrics.events.inc({ type });
    for (const { code } of unread) metrics.skipped.inc({ code });
    this.#decided(decisions);
    if (envelopes.length > 0) metrics.delay.observe(Math.max(0, Date.now() - Math.min(...envelopes.map(({ publishedAt }) => publishedAt))) / 1000); // prettier-ignore
    if (catchingUp) await this.#finishCatchingUp();
    this.#announcer.moved();
    return 'applied';
  }

  async #takeRulings(): Promise<number> {
    this.#decided(await this.o.state.transaction((client) => takeRulings(client, this.writer, this.#comparing)));
    return RULINGS_EVERY_MS;
  }

  #decided(decisions: readonly IdentityDecision[]): void {
    for (const { type } of decisions) this.o.metrics.decisions.inc({ type });
    if (decisions.length === 0) return;
    this.#sender.wake();
    void this.#countQuarantined();
  }

  async #countQuarantined(): Promise<void> {
    const { state, metrics, logger } = this.o;
    try {
      metrics.quarantined.set(await state.transaction(quarantinedRecords));
    } catch (err) {
      logger.warn({ err }, 'could not count the records of which too many are alike');
    }
  }

  /** Once everything is read again that was decided before, decides all of it together: the same answer as event by event. */
  async #finishCatchingUp(): Promise<void> {
    const { state, topics, logger } = this.o;
    const over = await state.transaction(async (client) => {
      const { catchUp } = await lockProgress(client, this.writer);
      return catchUp !== null && (await hasCaughtUp(client, topics.involvementLog, catchUp));
    });
    if (!over) return;
    for (;;) {
      const decisions = await state.transaction((client) => catchUpStep(client, this.writer, this.#comparing, REMEMBERED_AT_ONCE));
      if (decisions === 'done') break;
      this.#decided(decisions);
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
