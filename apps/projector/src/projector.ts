import { HaltError, type LogMessage, type PartitionBatch } from '#lib/kafka';
import type { Logger } from '#lib/runtime';
import type { BatchWriter, FoldedBatch } from './apply.js';
import { RowRefusedError } from './errors.js';
import type { FoldedMessages } from './fold-events.js';
import { type FoldedLogs, foldMessages, foldRefused } from './fold-messages.js';
import type { Measures } from './measures.js';
import { recordsWithoutKey } from './park.js';
import { rememberedId } from './remembered-id.js';

export interface ProjectorParts extends FoldedLogs {
  writer: BatchWriter;
  measures: Measures;
  logger: Logger;
  /** With more records than this without key or tombstone, the key store is taken for lost. */
  missingKeysToHalt: number;
}

/** Folds batches of both logs into one generation. */
export class Projector {
  constructor(private readonly parts: ProjectorParts) {}

  /** @throws what `consumeLog` retries or halts on. */
  async apply(batch: PartitionBatch): Promise<'applied' | 'reread'> {
    return this.applyMessages(batch, batch.messages, batch.from);
  }

  /** A batch that PostgreSQL refuses is halved until the event at fault stands alone and can be parked. */
  private async applyMessages(batch: PartitionBatch, messages: readonly LogMessage[], from: number): Promise<'applied' | 'reread'> {
    try {
      return await this.write(batch, messages, from, await foldMessages(this.parts, batch, messages));
    } catch (error) {
      if (!(error instanceof RowRefusedError)) throw error;
      if (messages.length === 1) return this.write(batch, messages, from, await foldRefused(this.parts, batch, messages[0]!, error));
    }
    const half = messages.length >> 1;
    const first = await this.applyMessages(batch, messages.slice(0, half), from);
    return first === 'reread' ? first : this.applyMessages(batch, messages.slice(half), messages[half - 1]!.offset + 1);
  }

  private async write(batch: PartitionBatch, messages: readonly LogMessage[], from: number, folded: FoldedMessages) {
    const { reader, writer, measures, logger } = this.parts;
    const { topic, partition } = batch;
    const last = messages.at(-1)!;
    const to = last.offset + 1;
    const step = { topic, partition, from, to, skipped: to - from - messages.length, lastEventId: rememberedId(reader, last) };
    const whole: FoldedBatch = { step, ...folded };
    const result = await writer.apply(whole, (client) => this.checkKeys(client, folded));
    if (result === 'advanced') {
      measures.committed(writer.schema, whole, messages.length);
      const waiting = Math.max(0, batch.highWatermark - step.to);
      if (batch.stillOwned()) measures.reached(writer.schema, batch, { waiting, newestAt: last.timestamp });
      for (const { offset, code, expected, actual } of folded.parked)
        logger.error({ topic, partition, offset, code, expected, actual }, 'parked');
    } else if (result !== 'already applied') {
      logger.warn({ topic, partition, from, result }, 'the checkpoint stands elsewhere, reading it again');
      return 'reread';
    }
    return 'applied';
  }

  /** One key without tombstone is an accident; many are a lost key store, and passing on would hold half the index back in silence. */
  private async checkKeys(client: Parameters<typeof recordsWithoutKey>[0], { parked }: FoldedMessages): Promise<void> {
    if (!parked.some(({ code }) => code === 'key-missing')) return;
    const records = await recordsWithoutKey(client, this.parts.writer.schema);
    if (records <= this.parts.missingKeysToHalt) return;
    throw new HaltError(
      'keys-lost',
      `${records} records have neither a data key nor a tombstone; ${this.parts.missingKeysToHalt} are tolerated. Restore the key store.`,
    );
  }
}
