import { createHash } from 'node:crypto';
import { consumeLog, type Kafka, logEnds, type LogCodec, type LogConsumption, type LogMessage, type PartitionBatch } from '#lib/kafka';
import type { ReadModelPool } from '#lib/read-model';
import type { Logger } from '#lib/runtime';
import { readModelError } from '../errors.js';
import { londonDay } from '../tally.js';
import type { WatchMeasures } from '../watch/watch-measures.js';
import { readRejectionStart } from './rejection-starts.js';
import { type Refusals, takeRejections } from './take-rejections.js';

export interface RejectionParts {
  kafka: Kafka;
  codec: Pick<LogCodec, 'prepare' | 'decodeRejection'>;
  topic: string;
  groupId: string;
  pool: ReadModelPool;
  measures: WatchMeasures;
  logger: Logger;
  onHalt(error: Error): void;
}

/** Counts what was refused, by source, day and rule: a refusal is one rule broken by one event. Goes on until stopped. */
export function countRejections(o: RejectionParts): LogConsumption {
  return consumeLog({
    kafka: o.kafka,
    groupId: o.groupId,
    topics: [o.topic],
    logger: o.logger,
    startingPoints: async (assigned) => {
      const ends = await logEnds(o.kafka, o.topic);
      const startOf = (partition: number) => ends.find((end) => end.partition === partition)?.start ?? 0;
      const points = await Promise.all(
        assigned.map((place) =>
          readRejectionStart(o.pool, place, startOf(place.partition)).catch((error: unknown) => {
            throw readModelError(error);
          }),
        ),
      );
      for (const { partition, missed } of points.filter(({ missed }) => missed > 0)) {
        o.measures.refusalsMissed(missed);
        o.logger.error({ partition, missed }, 'refusals were deleted before they were counted');
      }
      return points;
    },
    verify: async (message, _topic, lastEventId) => rememberedRefusal(message) === lastEventId,
    apply: (batch) => count(o, batch),
    onHalt: o.onHalt,
    onRetry: (error) => o.logger.warn({ err: error }, 'refusals are not counted, trying again'),
  });
}

async function count(o: RejectionParts, { partition, messages, from }: PartitionBatch): Promise<'applied' | 'reread'> {
  await o.codec.prepare(messages.map(({ value }) => value));
  const refusals = refusalsIn(o.codec, messages);
  const last = messages.at(-1)!;
  const step = { partition, from, to: last.offset + 1, lastEventId: rememberedRefusal(last) };
  if (!(await takeRejections(o.pool, step, refusals))) return 'reread';
  for (const { source, code, events } of refusals) o.measures.refused(source, code, events);
  return 'applied';
}

const UNREADABLE = '(unreadable)';

function refusalsIn(codec: RejectionParts['codec'], messages: readonly LogMessage[]): Refusals[] {
  const counted = new Map<string, Refusals>();
  for (const message of messages) {
    const { source, rule, at } = refusalOf(codec, message);
    const day = londonDay(at);
    const key = JSON.stringify([source, day, rule]);
    const held = counted.get(key);
    if (held) held.events += 1;
    else counted.set(key, { source, day, code: rule, events: 1 });
  }
  return [...counted.values()];
}

/** One that can't be read is counted too: nothing else tells of it. */
function refusalOf(codec: RejectionParts['codec'], { value, timestamp }: LogMessage): { source: string; rule: string; at: number } {
  try {
    if (value !== null) return codec.decodeRejection(value);
  } catch (error) {
    if ((error as { retriable?: unknown }).retriable === true) throw error;
  }
  return { source: UNREADABLE, rule: UNREADABLE, at: timestamp };
}

const rememberedRefusal = ({ value }: LogMessage): string =>
  value === null ? 'no value' : createHash('sha256').update(value).digest('hex').slice(0, 32);
