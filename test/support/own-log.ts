import type { Place } from '#lib/events';
import {
  connectKafka,
  ensureTopics,
  type Hole,
  type Kafka,
  consumeLog,
  type HaltError,
  type LogConsumption,
  type LogMessage,
  LogProducer,
  type PartitionBatch,
  type TopicPartition,
} from '#lib/kafka';
import { createLogger } from '#lib/runtime';
import { freshPrefix } from './fresh.js';
import { stack } from './stack.js';

/** A log of each test's own, of two partitions, and who reads it: all stopped behind the test. */
export class OwnLog {
  topic = '';
  private readers: MemoryReader[] = [];
  private constructor(
    readonly kafka: Kafka,
    private readonly producer: LogProducer,
  ) {}

  static async open(): Promise<OwnLog> {
    const kafka = connectKafka({ brokers: [(await stack()).kafkaBrokers], clientId: 'test' });
    return new OwnLog(kafka, await LogProducer.open(kafka));
  }

  /** Another log, empty. */
  async begin(): Promise<void> {
    this.topic = `${freshPrefix()}log`;
    await this.make();
  }

  async make(): Promise<void> {
    await ensureTopics(this.kafka, [{ name: this.topic, partitions: 2, config: {} }]);
  }

  reader(): MemoryReader {
    const reader = new MemoryReader(this);
    this.readers.push(reader);
    return reader;
  }

  async write(partition: number, texts: string[]): Promise<Place[]> {
    return this.producer.send(
      this.topic,
      texts.map((text) => ({ key: 'any', partition, value: Buffer.from(text, 'latin1') })),
    );
  }

  async stopReaders(): Promise<void> {
    for (const reader of this.readers.splice(0)) await reader.stop();
  }

  close(): Promise<void> {
    return this.producer.close();
  }
}

export const numbered = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => `message ${from + index}`);
export const offsetsRead = (reader: MemoryReader, partition: number) =>
  reader.read.filter((read) => read.partition === partition).map(({ offset }) => offset);
export const upTo = (to: number) => Array.from({ length: to }, (_, index) => index);

/** A reader that keeps what it read, and its offsets, in memory. */
export class MemoryReader {
  readonly read: { partition: number; offset: number; text: string }[] = [];
  readonly next = new Map<number, { nextOffset: number; lastEventId: string | null }>();
  readonly batches: PartitionBatch[] = [];
  readonly holes: Hole[] = [];
  halted: HaltError | undefined;
  retries = 0;
  private consumption: LogConsumption | undefined;
  before: (batch: PartitionBatch) => Promise<'reread' | void> = async () => {};

  constructor(private readonly log: OwnLog) {}

  /** Whether every partition it was given is being read. */
  get ready(): boolean {
    return this.consumption!.ready();
  }

  async stop(): Promise<void> {
    await this.consumption?.stop();
    this.consumption = undefined;
  }

  start(o: { chunk?: number; partitions?: number } = {}): void {
    const { kafka, topic } = this.log;
    this.consumption = consumeLog({
      kafka,
      groupId: `${topic}.group`,
      topics: [topic],
      logger: createLogger('test', 'silent'),
      chunk: o.chunk,
      partitions: o.partitions,
      startingPoints: async (assigned) => assigned.map((place) => ({ ...place, ...this.pointOf(place) })),
      verify: async ({ value }, _topic, lastEventId) => value?.toString('latin1') === lastEventId,
      apply: (batch) => this.apply(batch),
      passHole: async (hole) => void this.holes.push(hole),
      onHalt: (error) => (this.halted = error),
      onRetry: () => (this.retries += 1),
    });
  }

  private pointOf({ partition }: TopicPartition) {
    return this.next.get(partition) ?? { nextOffset: 0, lastEventId: null };
  }

  private async apply(batch: PartitionBatch): Promise<'applied' | 'reread'> {
    if (await this.before(batch)) return 'reread';
    if (batch.from !== this.pointOf(batch).nextOffset) throw new Error('the batch does not start where the reader is');
    this.batches.push(batch);
    for (const { offset, value } of batch.messages) this.read.push({ partition: batch.partition, offset, text: value!.toString('latin1') });
    const last = batch.messages.at(-1) as LogMessage;
    this.next.set(batch.partition, { nextOffset: last.offset + 1, lastEventId: last.value!.toString('latin1') });
    return 'applied';
  }
}
