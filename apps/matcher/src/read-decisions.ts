import type { IdentityDecision, Topics } from '#lib/events';
import { consumeLog, ContractBrokenError, type Kafka, type LogCodec, UndecodableError } from '#lib/kafka';
import type { Logger } from '#lib/runtime';
import type { Offsets } from './state/progress.js';

interface Parts {
  kafka: Kafka;
  codec: LogCodec;
  topics: Topics;
  logger: Logger;
}

/**
 * Reads a stretch of `identity-log`, each partition in order, and returns when all of it was handed over, one batch at a time.
 * @param from the first offset wanted of each partition @param to the offset to end before
 * @throws whatever `take` throws, at once, and what reading meets that does not pass by itself
 */
export async function readDecisions(
  { kafka, codec, topics, logger }: Parts,
  from: Offsets,
  to: Offsets,
  take: (decisions: IdentityDecision[]) => Promise<void>,
): Promise<void> {
  const reached = new Map(from.map(({ partition, offset }) => [partition, offset]));
  const isDone = () => to.every(({ partition, offset }) => (reached.get(partition) ?? 0) >= offset);
  if (isDone()) return;
  const topic = topics.identityLog;
  await new Promise<void>((resolve, reject) => {
    const consumption = consumeLog({
      kafka,
      groupId: topics.takenOverGroup,
      topics: [topic],
      logger,
      partitionsConcurrently: 1,
      startingPoints: (assigned) =>
        Promise.resolve(
          assigned.map(({ partition }) => ({ topic, partition, nextOffset: reached.get(partition) ?? 0, lastEventId: null })),
        ),
      verify: () => Promise.resolve(true),
      async apply({ partition, messages }) {
        await codec.prepare(messages.map(({ value }) => value));
        try {
          await take(messages.flatMap(({ value }) => decisionIn(value) ?? []));
        } catch (error) {
          // What it began is over with its first failure: only whoever began may try again.
          reject(error);
          void consumption.stop();
          return 'reread';
        }
        reached.set(partition, messages.at(-1)!.offset + 1);
        if (isDone()) void consumption.stop().then(resolve);
        return 'applied';
      },
      onHalt: reject,
    });
  });

  function decisionIn(value: Buffer | null): IdentityDecision | undefined {
    try {
      return value === null ? undefined : codec.decodeDecision(value);
    } catch (err) {
      if (!(err instanceof UndecodableError || err instanceof ContractBrokenError)) throw err;
      logger.error({ err }, 'identity-log holds something that is no decision: passed over');
      return undefined;
    }
  }
}
