import { setTimeout as pause } from 'node:timers/promises';
import kafkajs, { type Kafka, type Producer, type RecordMetadata, type TopicMessages } from 'kafkajs';
import { LogUnavailableError } from './errors.js';

/**
 * kafkajs's idempotent producer, replaced by a new one after any failure: kafkajs would use the sequence numbers of a batch with unknown
 * outcome again for other messages, and the broker would take those for duplicates and drop them.
 */
export class ReplaceableProducer {
  #current: Promise<Producer> | undefined;
  readonly #givenUp = new Set<Promise<void>>();

  /** @param deadline milliseconds for one request. */
  constructor(
    private readonly kafka: Kafka,
    private readonly deadline: number,
  ) {}

  /** @throws LogUnavailableError (retriable) */
  connected(): Promise<Producer> {
    this.#current ??= this.#connect().catch((cause: unknown) => {
      this.#current = undefined;
      throw new LogUnavailableError('no connection', { cause });
    });
    return this.#current;
  }

  /** One request, acknowledged by all in-sync replicas. @throws LogUnavailableError (retriable): the messages may or may not be in the log. */
  async send(topicMessages: TopicMessages[]): Promise<RecordMetadata[]> {
    const producer = await this.connected();
    const sending = producer.sendBatch({ topicMessages, acks: -1, compression: kafkajs.CompressionTypes.GZIP });
    try {
      return await this.withinDeadline(sending);
    } catch (cause) {
      this.#current = undefined;
      this.#leaveAfter(sending, producer);
      throw new LogUnavailableError('not acknowledged', { cause });
    }
  }

  async close(): Promise<void> {
    const last = this.#current;
    this.#current = undefined;
    await last?.then(leave, () => undefined);
    await Promise.race([Promise.all(this.#givenUp), pause(GRACE, undefined, { ref: false })]);
  }

  async withinDeadline<T>(work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new LogUnavailableError(`no answer within ${this.deadline} ms`)), this.deadline);
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Not before kafkajs has given up too: it connects again for every further attempt, and would stay connected. */
  #leaveAfter(work: Promise<unknown>, producer: Producer): void {
    const leaving = work
      .catch(() => undefined)
      .then(() => leave(producer))
      .finally(() => this.#givenUp.delete(leaving));
    this.#givenUp.add(leaving);
  }

  async #connect(): Promise<Producer> {
    const producer = this.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
      retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 5 },
    });
    const connecting = producer.connect();
    try {
      await this.withinDeadline(connecting);
      return producer;
    } catch (error) {
      this.#leaveAfter(connecting, producer);
      throw error;
    }
  }
}

/** How long `close` waits for requests that were given up, in milliseconds. */
const GRACE = 2000;
const leave = (producer: Producer) => producer.disconnect().catch(() => undefined);
