import type { InstrumentationEvent } from 'kafkajs';
import type { Hole } from './consume-options.js';
import type { Position } from './consume-positions.js';

/** Notes that records were fetched from where we stand, and no message among them. Of a log not proven to be ours nothing is noted. */
export function noteHole(position: Position, { from, to, highWatermark }: Pick<Hole, 'from' | 'to' | 'highWatermark'>): void {
  if (position.doubted || position.unverified !== undefined || from > position.emptyTo || to <= position.emptyTo) return;
  position.emptyTo = to;
  position.highWatermark = highWatermark;
}

/** kafkajs hands over no batch without messages, and goes on behind it: only this event tells. @returns undefined for any other batch */
export function holeIn({ payload }: InstrumentationEvent<BatchEvent>): Hole | undefined {
  const { topic, partition, batchSize, firstOffset, lastOffset, highWatermark } = payload;
  if (batchSize > 0 || firstOffset === null) return undefined;
  return { topic, partition, from: Number(firstOffset), to: Number(lastOffset) + 1, highWatermark: Number(highWatermark) };
}

interface BatchEvent {
  topic: string;
  partition: number;
  highWatermark: string;
  batchSize: number;
  /** null where the fetch held no record. */
  firstOffset: string | null;
  lastOffset: string;
}
