import { createHash } from 'node:crypto';
import { consumeLog, type Kafka, logEnds, type LogCodec, type LogConsumption, type LogMessage, type PartitionBatch } from '#lib/kafka';
import type { ReadModelPool } from '#lib/read-model';
import type { Logger } from '#lib/runtime';
import { readModelError } from '../errors.js';
import { londonDay } from '../tally.js';
import type { WatchMeasures } from '../watch/watch-measures.js';
import { readRejectionStart } from './rejection-starts.js';
import { type FieldRefusals, type Refusals, takeRejections } from './take-rejections.js';

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

/**
 * Counts the events that were refused, by source, day and rule. A door writes one message for each rule that an event breaks, one behind the
 * other: the event is counted under the first. Goes on until stopped.
 */
export function countRejections(o: RejectionParts): LogConsumption {
  /** The event that each partition's last message was about. */
  const before = new Map<number, string | undefined>();
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
      for (const { partition, lastEventId } of points) before.set(partition, lastEventId?.split(MARK)[0]);
      return points;
    },
    // By its bytes alone: what could not be read then may be readable by now.
    verify: async (message, _topic, lastEventId) => bytesOf(message) === lastEventId?.split(MARK)[1],
    apply: (batch) => count(o, batch, before),
    onHalt: o.onHalt,
    onRetry: (error) => o.logger.warn({ err: error }, 'refusals are not counted, trying again'),
  });
}

async function count(
  o: RejectionParts,
  { partition, messages, from }: PartitionBatch,
  before: Map<number, string | undefined>,
): Promise<'applied' | 'reread'> {
  await o.codec.prepare(messages.map(({ value }) => value));
  const refused = messages.map((message) => refusalOf(o.codec, message));
  const refusals = refusalsIn(refused, before.get(partition));
  const [last, refusal] = [messages.at(-1)!, refused.at(-1)!];
  const step = { partition, from, to: last.offset + 1, lastEventId: rememberedRefusal(refusal, last) };
  if (!(await takeRejections(o.pool, step, refusals, fieldsIn(refused)))) return 'reread';
  before.set(partition, refusal.event);
  for (const { source, code, events } of refusals) o.measures.refused(source, code, events);
  return 'applied';
}

/** One message. `event` tells two events apart; undefined: it can't be read. */
interface Refusal {
  source: string;
  rule: string;
  at: number;
  event: string | undefined;
  /** What is told to the source's team; undefined: it can't be read. */
  told?: Pick<FieldRefusals, 'type' | 'pointer' | 'expected' | 'fix'>;
}

const UNREADABLE = '(unreadable)';
const MARK = '#';

function refusalsIn(refused: readonly Refusal[], before: string | undefined): Refusals[] {
  const counted = new Map<string, Refusals>();
  for (const [index, { source, rule, at, event }] of refused.entries()) {
    if (event !== undefined && event === (index === 0 ? before : refused[index - 1]!.event)) continue;
    const day = londonDay(at);
    const key = JSON.stringify([source, day, rule]);
    const held = counted.get(key);
    if (held) held.events += 1;
    else counted.set(key, { source, day, code: rule, events: 1 });
  }
  return [...counted.values()];
}

/** Every problem counts here, also those of one event. */
function fieldsIn(refused: readonly Refusal[]): FieldRefusals[] {
  const counted = new Map<string, FieldRefusals>();
  for (const { source, rule, at, told } of refused) {
    if (told === undefined) continue;
    const day = londonDay(at);
    const key = JSON.stringify([source, day, told.type, told.pointer, rule]);
    const problems = (counted.get(key)?.problems ?? 0) + 1;
    counted.set(key, { source, day, rule, ...told, problems, lastAt: at });
  }
  return [...counted.values()];
}

/** One that can't be read is counted too: nothing else tells of it. */
function refusalOf(codec: RejectionParts['codec'], { value, timestamp }: LogMessage): Refusal {
  try {
    if (value !== null) {
      const { source, rule, at, index, type, pointer, expected, fix } = codec.decodeRejection(value);
      const told = { type: type ?? '', pointer: pointer.replaceAll(/\/\d+(?=\/|$)/g, '/-'), expected, fix };
      return { source, rule, at, event: `${source}/${at}/${index}`, told };
    }
  } catch (error) {
    if ((error as { retriable?: unknown }).retriable === true) throw error;
  }
  return { source: UNREADABLE, rule: UNREADABLE, at: timestamp, event: undefined };
}

const rememberedRefusal = ({ event = '' }: Refusal, message: LogMessage): string => `${event}${MARK}${bytesOf(message)}`;

const bytesOf = ({ value }: LogMessage): string =>
  value === null ? 'no value' : createHash('sha256').update(value).digest('hex').slice(0, 32);
