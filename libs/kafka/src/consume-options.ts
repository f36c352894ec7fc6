import type { Logger } from '#lib/runtime';
import type { HaltError } from './consume-errors.js';
import type { Kafka } from './connect-kafka.js';

export interface TopicPartition {
  topic: string;
  partition: number;
}

export interface LogMessage {
  offset: number;
  key: string | null;
  value: Buffer | null;
  /** Milliseconds since 1970, set by the producer. */
  timestamp: number;
}

/** Some messages of one partition, in order, none left out; offsets may be, where no message has them. */
export interface PartitionBatch extends TopicPartition {
  messages: LogMessage[];
  /** Everything before this offset is applied, and no message lies between it and the first of the batch. */
  from: number;
  highWatermark: number;
  /** False once the partition was given to someone else, or the consumer stops. */
  stillOwned(): boolean;
  heartbeat(): Promise<void>;
}

/** Offsets of one partition that hold no message: aborted ones, and the marks of transactions. */
export interface Hole extends TopicPartition {
  /** Everything before it is applied. */
  from: number;
  to: number;
  highWatermark: number;
}

/** Where a partition is to be read from: what the reader keeps beside its own data. */
export interface StartingPoint extends TopicPartition {
  nextOffset: number;
  /** What was remembered of the message at nextOffset - 1; null at the beginning of the log, or where it needs no proof that it is the same. */
  lastEventId: string | null;
}

export interface ConsumeOptions {
  kafka: Kafka;
  groupId: string;
  topics: string[];
  /** Partitions every topic must have; where it turns out to have others, reading halts. */
  partitions?: number;
  logger: Logger;
  /** Asked on every assignment, and whenever the offsets turn out to have moved. A partition left out is not read. */
  startingPoints(assigned: TopicPartition[]): Promise<StartingPoint[]>;
  /** Whether the message at nextOffset - 1 is the one remembered. */
  verify(message: LogMessage, topic: string, lastEventId: string): Promise<boolean>;
  /**
   * Makes a batch durable before it returns. `reread`: the stored offset is not where the batch starts, so nothing was applied; the partition
   * is read again from its starting point. Throws HaltError to stop for good; an error with `retriable: true` is tried again here.
   */
  apply(batch: PartitionBatch): Promise<'applied' | 'reread'>;
  /**
   * Told, within a second or two, of a hole that nothing follows yet, and again as it grows; and once more whenever the partition is taken
   * up. What it throws is tried again. A hole that a message follows lies between `from` and the messages of a batch, or among them.
   */
  passHole?(hole: Hole): Promise<void>;
  /** Messages per `apply` at most (default 2,000); fewer where they are large. */
  chunk?: number;
  /** Default 4. */
  partitionsConcurrently?: number;
  /** Told of the partitions that are ours from now on, at every assignment; none while it breaks off and begins again. */
  onAssigned?(partitions: readonly TopicPartition[]): void;
  /** Told once, when the consumer has stopped for good and a person must look. */
  onHalt(error: HaltError): void;
  /** Told of every failure that is tried again. */
  onRetry?(error: unknown): void;
}

export interface LogConsumption {
  /** Whether partitions are assigned (perhaps none, beside other members) and nothing has halted. */
  ready(): boolean;
  /** Finishes the chunk at hand and leaves the group, within 8 s. */
  stop(): Promise<void>;
}
