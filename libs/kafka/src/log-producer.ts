import kafkajs, { type Kafka, type Producer, type RecordMetadata } from 'kafkajs';
import type { Place } from '#lib/events';
import { LogUnavailableError } from './errors.js';
import { type Outgoing, takeBatch } from './take-batch.js';

export interface LogRecord {
  key: string;
  /** Absent: the partition of the key. */
  partition?: number;
  value: Buffer;
}
interface Send {
  places: Place[];
  outstanding: number;
  resolve(places: Place[]): void;
  reject(error: unknown): void;
}

/** A send that takes longer is given up, in milliseconds. */
const DEADLINE = 20_000;
const partitionOf = kafkajs.Partitioners.DefaultPartitioner();

/**
 * Writes to the logs: acknowledged by all in-sync replicas, idempotent, gzip, one request in flight; sends that wait meanwhile travel together.
 * After any failure the producer is replaced: kafkajs would use the sequence numbers of a batch with unknown outcome again for other
 * messages, and the broker would take those for duplicates and drop them.
 */
export class LogProducer {
  #producer: Promise<Producer> | undefined;
  #queue: Outgoing<Send>[] = [];
  #working: Promise<void> | undefined;
  readonly #partitions = new Map<string, number>();

  private constructor(private readonly kafka: Kafka) {}

  /** @throws LogUnavailableError (retriable) */
  static async open(kafka: Kafka): Promise<LogProducer> {
    const log = new LogProducer(kafka);
    await log.#connected();
    return log;
  }

  /**
   * Resolves when all messages are in the log for good, with their places in the order given. Messages of one partition keep their order.
   * @throws LogUnavailableError (retriable): each message may or may not be in the log; send all again with the same event ids.
   */
  async send(topic: string, messages: LogRecord[]): Promise<Place[]> {
    if (messages.length === 0) return [];
    const partitionMetadata = Array.from({ length: await this.#partitionsOf(topic) }, (_, partitionId) => ({ partitionId, leader: 0 }));
    return new Promise((resolve, reject) => {
      const send: Send = { places: [], outstanding: messages.length, resolve, reject };
      messages.forEach(({ key, partition, value }, index) => {
        const place = partition ?? partitionOf({ topic, partitionMetadata: partitionMetadata as never, message: { key, value } });
        this.#queue.push({ send, index, topic, partition: place, key, value });
      });
      this.#working ??= this.#work();
    });
  }

  /** Waits for what was handed in, then leaves. */
  async close(): Promise<void> {
    await this.#working;
    await this.#discard();
  }

  async #work(): Promise<void> {
    await Promise.resolve();
    while (this.#queue.length > 0) {
      const { batch, rest } = takeBatch(this.#queue);
      this.#queue = rest;
      try {
        settle(batch, await this.#write(batch));
      } catch (cause) {
        void this.#discard();
        const failed = new Set(batch.map(({ send }) => send));
        this.#queue = this.#queue.filter(({ send }) => !failed.has(send));
        for (const send of failed) send.reject(new LogUnavailableError('not acknowledged', { cause }));
      }
    }
    this.#working = undefined;
  }

  async #write(batch: Outgoing<Send>[]): Promise<RecordMetadata[]> {
    const byTopic = Map.groupBy(batch, ({ topic }) => topic);
    const topicMessages = [...byTopic].map(([topic, messages]) => ({ topic, messages }));
    const producer = await this.#connected();
    return withinDeadline(producer.sendBatch({ topicMessages, acks: -1, compression: kafkajs.CompressionTypes.GZIP }));
  }

  #connected(): Promise<Producer> {
    this.#producer ??= this.#connect();
    return this.#producer;
  }

  async #connect(): Promise<Producer> {
    const producer = this.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
      retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 5 },
    });
    try {
      await withinDeadline(producer.connect());
      return producer;
    } catch (cause) {
      this.#producer = undefined;
      void producer.disconnect().catch(() => undefined);
      throw new LogUnavailableError('no connection', { cause });
    }
  }

  async #discard(): Promise<void> {
    const old = this.#producer;
    this.#producer = undefined;
    await old?.then((producer) => producer.disconnect()).catch(() => undefined);
  }

  async #partitionsOf(topic: string): Promise<number> {
    const known = this.#partitions.get(topic);
    if (known !== undefined) return known;
    const admin = this.kafka.admin();
    try {
      await admin.connect();
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      const count = topics[0]?.partitions.length ?? 0;
      this.#partitions.set(topic, count);
      return count;
    } catch (cause) {
      throw new LogUnavailableError(`topic ${topic} can't be looked up`, { cause });
    } finally {
      await admin.disconnect();
    }
  }
}

/** A partition's messages get consecutive offsets, in the order they were handed over. */
function settle(batch: Outgoing<Send>[], written: RecordMetadata[]): void {
  const next = new Map(written.map(({ topicName, partition, baseOffset }) => [`${topicName} ${partition}`, Number(baseOffset)]));
  const places = batch.map(({ topic, partition }) => {
    const offset = next.get(`${topic} ${partition}`);
    // kafkajs leaves a partition out when its leader moved between two attempts
    if (offset === undefined || !(offset >= 0)) throw new Error(`no acknowledgement for partition ${partition} of ${topic}`);
    next.set(`${topic} ${partition}`, offset + 1);
    return { partition, offset };
  });
  batch.forEach(({ send, index }, at) => {
    send.places[index] = places[at]!;
    send.outstanding -= 1;
    if (send.outstanding === 0) send.resolve(send.places);
  });
}

async function withinDeadline<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new LogUnavailableError(`no acknowledgement within ${DEADLINE} ms`)), DEADLINE);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
