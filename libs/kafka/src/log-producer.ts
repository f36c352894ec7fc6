import kafkajs, { type Kafka, type RecordMetadata } from 'kafkajs';
import type { Place } from '#lib/events';
import { LogUnavailableError } from './errors.js';
import { ReplaceableProducer } from './replaceable-producer.js';
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

const partitionOf = kafkajs.Partitioners.DefaultPartitioner();

/**
 * Writes to the logs: acknowledged by all in-sync replicas, idempotent, gzip, one request in flight; sends that wait meanwhile travel
 * together.
 */
export class LogProducer {
  readonly #producer: ReplaceableProducer;
  readonly #partitions = new Map<string, Promise<number>>();
  #queue: Outgoing<Send>[] = [];
  #working: Promise<void> | undefined;

  private constructor(
    private readonly kafka: Kafka,
    deadline: number,
  ) {
    this.#producer = new ReplaceableProducer(kafka, deadline);
  }

  /** @param o.deadline a request to the log that takes longer is given up, in milliseconds. @throws LogUnavailableError (retriable) */
  static async open(kafka: Kafka, o: { deadline?: number } = {}): Promise<LogProducer> {
    const log = new LogProducer(kafka, o.deadline ?? 20_000);
    await log.#producer.connected();
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
    await this.#producer.close();
  }

  async #work(): Promise<void> {
    await Promise.resolve();
    while (this.#queue.length > 0) {
      const { batch, rest } = takeBatch(this.#queue);
      this.#queue = rest;
      const byTopic = Map.groupBy(batch, ({ topic }) => topic);
      try {
        settle(batch, await this.#producer.send([...byTopic].map(([topic, messages]) => ({ topic, messages }))));
      } catch (error) {
        const failed = new Set(batch.map(({ send }) => send));
        this.#queue = this.#queue.filter(({ send }) => !failed.has(send));
        for (const send of failed) send.reject(error);
      }
    }
    this.#working = undefined;
  }

  /** Asked once: the partitions of a topic are never altered. */
  #partitionsOf(topic: string): Promise<number> {
    const known = this.#partitions.get(topic);
    if (known) return known;
    const asked = this.#producer.withinDeadline(this.#askPartitions(topic)).catch((cause: unknown) => {
      this.#partitions.delete(topic);
      throw new LogUnavailableError(`topic ${topic} can not be looked up`, { cause });
    });
    this.#partitions.set(topic, asked);
    return asked;
  }

  async #askPartitions(topic: string): Promise<number> {
    const admin = this.kafka.admin({ retry: { retries: 3 } });
    try {
      await admin.connect();
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      return topics[0]?.partitions.length ?? 0;
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
    if (offset === undefined || !(offset >= 0)) throw new LogUnavailableError(`no acknowledgement for partition ${partition} of ${topic}`);
    next.set(`${topic} ${partition}`, offset + 1);
    return { partition, offset };
  });
  batch.forEach(({ send, index }, at) => {
    send.places[index] = places[at]!;
    send.outstanding -= 1;
    if (send.outstanding === 0) send.resolve(send.places);
  });
}
