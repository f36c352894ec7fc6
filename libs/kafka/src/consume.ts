import { setTimeout as pause } from 'node:timers/promises';
import type { Consumer, ConsumerGroupJoinEvent, EachBatchPayload } from 'kafkajs';
import { boundFetches } from './bounded-fetch.js';
import { readBatch } from './consume-batch.js';
import { watchForDoubt } from './consume-doubt.js';
import { HaltError, haltFor } from './consume-errors.js';
import { holeIn, noteHole } from './consume-hole.js';
import type { ConsumeOptions, Hole, LogConsumption, TopicPartition } from './consume-options.js';
import { watchPartitions } from './consume-partitions.js';
import { type Position, positionsFrom, seekOffset } from './consume-positions.js';
import { retried } from './consume-retry.js';

const STOP_WITHIN_MS = 8_000;
const RESTART_AFTER_MS = 1_000;
const LATER_MS = 5_000;
const TELL_EVERY_MS = 1_000;

/**
 * Reads logs as a member of a group, each partition in order and from the offset its reader keeps: kafkajs's own offsets are written for lag
 * tools and never believed. Returns at once and goes on in the background, through outages of the brokers too.
 */
export function consumeLog(o: ConsumeOptions): LogConsumption {
  const consumption = new Consumption(o);
  consumption.start();
  void consumption.haltWhenPartitionsChange();
  return consumption;
}

class Consumption implements LogConsumption {
  private consumer: Consumer | undefined;
  private starting: Promise<void> | undefined;
  private readonly positions = new Map<string, Position>();
  /** Grows with every assignment: what an earlier one started must not act on the next. */
  private assignment = 0;
  private connected = false;
  private joined = false;
  private ended: 'no' | 'stopped' | 'halted' = 'no';
  private telling: NodeJS.Timeout | undefined;

  constructor(private readonly o: ConsumeOptions) {}

  start(): void {
    this.starting = this.run().catch((error: unknown) => this.startAgain(error));
    this.telling ??= setInterval(() => void Promise.all([this.commit(), this.tellHoles()]), TELL_EVERY_MS).unref();
  }

  async haltWhenPartitionsChange(): Promise<void> {
    const { kafka, topics, partitions } = this.o;
    if (partitions === undefined) return;
    const halt = await watchPartitions(kafka, { topics, partitions, over: () => this.ended !== 'no' });
    if (halt) this.halt(halt);
  }

  ready(): boolean {
    return this.joined && this.ended === 'no';
  }

  async stop(): Promise<void> {
    if (this.ended === 'no') this.ended = 'stopped';
    await Promise.race([this.leave(), pause(STOP_WITHIN_MS, undefined, { ref: false })]);
  }

  private async run(): Promise<void> {
    const consumer = this.o.kafka.consumer({
      groupId: this.o.groupId,
      sessionTimeout: 10_000,
      heartbeatInterval: 2_000,
      rebalanceTimeout: 30_000,
      // kafkajs only stops between two fetches, so a fetch that waits for news must be short.
      maxWaitTimeInMs: 250,
      maxBytesPerPartition: 1024 * 1024,
      maxBytes: 4 * 1024 * 1024,
      // A deleted topic must be missed, not made again, empty.
      allowAutoTopicCreation: false,
      // After a crash a new consumer is made (below): kafkajs's own restart gives up on errors it does not know.
      retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 5, restartOnFailure: async () => false },
    });
    this.consumer = consumer;
    consumer.on(consumer.events.GROUP_JOIN, (event) => void this.assigned(consumer, event));
    consumer.on(consumer.events.START_BATCH_PROCESS, (event) => void this.batchWithout(consumer, holeIn(event)));
    consumer.on(consumer.events.CRASH, ({ payload }) => this.startAgain(payload.error));
    this.connected = false;
    boundFetches(consumer);
    watchForDoubt(consumer, () => this.positions.forEach((position) => (position.doubted = true)));
    await consumer.connect();
    this.connected = true;
    if (this.ended !== 'no') return;
    await consumer.subscribe({ topics: this.o.topics, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: this.o.partitionsConcurrently ?? 4,
      eachBatch: (payload) => this.eachBatch(consumer, payload),
    });
  }

  private startAgain(error: unknown): void {
    this.joined = false;
    this.assignment += 1;
    this.positions.clear();
    if (this.ended !== 'no') return;
    this.o.onAssigned?.([]);
    this.o.onRetry?.(error);
    this.o.logger.warn({ err: error, groupId: this.o.groupId }, 'consumer broke off, starting again');
    setTimeout(() => this.ended === 'no' && this.start(), RESTART_AFTER_MS);
  }

  /** Runs up to its first await before kafkajs fetches anything, so nothing arrives from an offset that was not looked at. */
  private async assigned(consumer: Consumer, { payload }: ConsumerGroupJoinEvent): Promise<void> {
    const assignment = (this.assignment += 1);
    const owned = () => this.assignment === assignment && this.ended === 'no';
    const partitions = Object.entries(payload.memberAssignment).flatMap(([topic, list]) => list.map((partition) => ({ topic, partition })));
    this.positions.clear();
    this.o.onAssigned?.(partitions);
    for (const { topic, partition } of partitions) consumer.pause([{ topic, partitions: [partition] }]);
    try {
      let result: 'given up' | 'not owned' | void = 'given up';
      // Paused partitions make kafkajs's fetch loop idle, and an idle loop sends the heartbeats.
      while (result === 'given up')
        result = await retried(() => this.position(consumer, partitions), { ...this.o, owned, heartbeat: async () => {} });
      if (!owned()) return;
      // One without a starting point is not to be read.
      for (const { topic, partition } of this.positions.values()) consumer.resume([{ topic, partitions: [partition] }]);
      this.joined = true;
    } catch (error) {
      if (owned()) this.halt(error);
    }
  }

  private async position(consumer: Consumer, partitions: TopicPartition[]): Promise<void> {
    if (partitions.length === 0) return;
    const assignment = this.assignment;
    const positions = await positionsFrom(this.o.kafka, await this.o.startingPoints(partitions), this.o.partitions);
    if (assignment !== this.assignment) return;
    for (const position of positions) {
      const before = this.positions.get(keyOf(position));
      this.positions.set(keyOf(position), { ...position, hole: before?.hole, rereads: before?.rereads ?? 0 });
      consumer.seek({ topic: position.topic, partition: position.partition, offset: seekOffset(position) });
    }
  }

  private async eachBatch(consumer: Consumer, payload: EachBatchPayload): Promise<void> {
    const { topic, partition } = payload.batch;
    const assignment = this.assignment;
    const position = this.positions.get(`${topic}/${partition}`);
    const owned = () => this.ended === 'no' && this.assignment === assignment && payload.isRunning() && !payload.isStale();
    if (!position) return;
    try {
      const result = await readBatch(this.o, position, payload, owned);
      if (result === 'reposition') {
        await retried(() => this.position(consumer, [{ topic, partition }]), { ...this.o, owned, heartbeat: payload.heartbeat });
      } else if (result === 'later') {
        const resume = payload.pause();
        setTimeout(() => owned() && resume(), LATER_MS).unref();
      }
    } catch (error) {
      if (!haltFor(error)) throw error;
      this.halt(error);
    }
  }

  /** kafkajs has passed records among which was no message. */
  private async batchWithout(consumer: Consumer, hole: Hole | undefined): Promise<void> {
    const position = hole && this.positions.get(keyOf(hole));
    if (!position) return;
    if (!position.doubted) return noteHole(position, hole);
    const assignment = this.assignment;
    const owned = () => this.ended === 'no' && this.assignment === assignment;
    try {
      await retried(() => this.position(consumer, [hole]), { ...this.o, owned, heartbeat: async () => {} });
    } catch (error) {
      if (owned()) this.halt(error);
    }
  }

  /** What fails is told again. */
  private async tellHoles(): Promise<void> {
    for (const position of this.positions.values()) {
      const { topic, partition, next, emptyTo, highWatermark } = position;
      if (emptyTo === position.told) continue;
      try {
        await this.o.passHole?.({ topic, partition, from: next, to: emptyTo, highWatermark });
        if (position.next === next) position.told = emptyTo;
      } catch (error) {
        this.o.onRetry?.(error);
      }
    }
  }

  private halt(error: unknown): void {
    if (this.ended !== 'no') return;
    this.ended = 'halted';
    const halt = haltFor(error) ?? new HaltError('unexpected', 'consuming failed', { cause: error });
    this.o.logger.fatal({ err: halt, groupId: this.o.groupId }, 'consumer halted: nothing is skipped, a person must look');
    this.o.onHalt(halt);
    // Not awaited: kafkajs's stop waits for the handler that we may be in.
    void this.leave();
  }

  private async leave(): Promise<void> {
    clearInterval(this.telling);
    const left = this.disconnected();
    // Nothing is held yet, and kafkajs can't be interrupted while it looks for the brokers.
    if (this.connected) await left;
  }

  private async disconnected(): Promise<void> {
    // kafkajs ignores a stop while it still joins, and would then run on.
    await this.starting;
    await this.commit();
    await this.consumer?.disconnect().catch(() => undefined);
    this.joined = false;
  }

  /** For lag tools only; a failure is made good by the next. */
  private async commit(): Promise<void> {
    const moved = [...this.positions.values()].filter(({ emptyTo, committed }) => emptyTo > 0 && emptyTo !== committed);
    if (moved.length === 0 || !this.joined) return;
    try {
      const offsets = moved.map((position) => ({ position, next: position.emptyTo }));
      await this.consumer?.commitOffsets(
        offsets.map(({ position: { topic, partition }, next }) => ({ topic, partition, offset: String(next) })),
      );
      for (const { position, next } of offsets) position.committed = next;
    } catch {
      this.o.logger.debug({ groupId: this.o.groupId }, 'offsets for lag tools were not written');
    }
  }
}

const keyOf = ({ topic, partition }: TopicPartition) => `${topic}/${partition}`;
