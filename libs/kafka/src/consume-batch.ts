import type { EachBatchPayload } from 'kafkajs';
import { chunksOf } from './chunks-of.js';
import { HaltError } from './consume-errors.js';
import { noteHole } from './consume-hole.js';
import type { ConsumeOptions, LogMessage, PartitionBatch } from './consume-options.js';
import type { Position } from './consume-positions.js';
import { retried } from './consume-retry.js';

type KafkaMessage = EachBatchPayload['batch']['messages'][number];

/** `done`: read to its end. `reposition`: ask for the starting point again and seek. `later`: come back to it after a while. */
export type BatchResult = 'done' | 'reposition' | 'later';

const REREADS = 5;

/**
 * Applies what kafkajs fetched of one partition, chunk by chunk. Offsets must follow on from the position; where they don't, nothing is
 * applied before the starting point and the log have been compared again.
 */
export async function readBatch(o: ConsumeOptions, position: Position, payload: EachBatchPayload, owned: () => boolean) {
  const { batch } = payload;
  // A batch fetched before a seek took effect: the next one starts where it should.
  if (!owned()) return 'done';
  if (position.doubted) return 'reposition';
  let messages = batch.messages;
  if (position.unverified !== undefined) {
    await verifyFirst(o, position, messages[0]!);
    payload.resolveOffset(messages[0]!.offset);
    messages = messages.slice(1);
  }
  if (messages.length > 0 && !followsOn(position, Number(messages[0]!.offset))) return 'reposition';
  for (const chunk of chunksOf(messages, o.chunk ?? CHUNK)) {
    const given: PartitionBatch = {
      topic: batch.topic,
      partition: batch.partition,
      messages: chunk.map(logMessage),
      from: position.next,
      highWatermark: Number(batch.highWatermark),
      stillOwned: owned,
      heartbeat: payload.heartbeat,
    };
    const result = await retried(() => o.apply(given), { ...o, owned, heartbeat: payload.heartbeat });
    if (result === 'given up') return 'later';
    if (result === 'not owned') return 'done';
    if (result === 'reread') return rereadAgain(position);
    position.rereads = 0;
    position.next = position.emptyTo = position.told = Number(chunk.at(-1)!.offset) + 1;
    // Only what is durable is resolved: should kafkajs fetch again from here, nothing is missing.
    payload.resolveOffset(chunk.at(-1)!.offset);
    await payload.heartbeat();
    if (!owned()) return 'done';
  }
  noteHole(position, { from: position.next, to: Number(batch.lastOffset()) + 1, highWatermark: Number(batch.highWatermark) });
  return 'done';
}

const CHUNK = 2_000;

async function verifyFirst(o: ConsumeOptions, position: Position, first: KafkaMessage): Promise<void> {
  const { topic, partition, next, unverified } = position;
  const there = Number(first.offset) === next - 1 && (await o.verify(logMessage(first), topic, unverified!));
  if (!there)
    throw new HaltError('log-replaced', `${topic}/${partition}: the message at offset ${next - 1} is not the one read there before`);
  position.unverified = undefined;
}

/**
 * A batch that does not start at the next offset is either kafkajs having silently started anew on a truncated or replaced log, or a hole
 * of control or aborted records, which never reach us. Both are looked at again from the starting point; a hole that is still there then,
 * between two messages of a log just proven to be ours, holds no message.
 */
function followsOn(position: Position, first: number): boolean {
  if (first === position.next) return true;
  const hole = `${position.next}-${first}`;
  if (first > position.next && position.hole === hole) return true;
  position.hole = hole;
  return false;
}

function rereadAgain(position: Position): BatchResult {
  position.rereads += 1;
  if (position.rereads <= REREADS) return 'reposition';
  const { topic, partition, next } = position;
  throw new HaltError('checkpoint-moves', `${topic}/${partition}: the stored offset was not ${next}, ${REREADS} times in a row`);
}

const logMessage = ({ offset, key, value, timestamp }: KafkaMessage): LogMessage => ({
  offset: Number(offset),
  key: key?.toString() ?? null,
  value,
  timestamp: Number(timestamp),
});
