import {
  consumeLog,
  type HaltError,
  type LogConsumption,
  type LogMessage,
  type PartitionBatch,
  type StartingPoint,
  type TopicPartition,
} from '#lib/kafka';
import { type Generation, openReadModel, PartitionsChangedError, type Queryable } from '#lib/read-model';
import type { Logger } from '#lib/runtime';
import { BatchWriter } from './apply.js';
import { checkpointOf, noteHole } from './checkpoint.js';
import { readModelError } from './errors.js';
import type { Measures } from './measures.js';
import type { OpenLogs } from './open-logs.js';
import { Projector } from './projector.js';
import { isRemembered } from './remembered-id.js';
import type { ProjectorSettings } from './settings.js';

/** Longer than a statement may wait for a lock, 10 s. */
export const ANSWER_WITHIN_MS = 20_000;

export interface GenerationToFold {
  generation: Generation;
  logs: OpenLogs;
  settings: ProjectorSettings;
  measures: Measures;
  logger: Logger;
  onHalt(error: Error): void;
  /** Runs before each batch: a build is slowed down here. */
  before?(batch: PartitionBatch): Promise<void>;
}

/** Folds both logs into one generation, from its checkpoints on, until stopped or halted. @throws PartitionsChangedError */
export function foldGeneration(o: GenerationToFold): LogConsumption {
  const { logs, settings, measures, logger } = o;
  const { schema, partitions } = o.generation;
  if (partitions !== settings.topicPartitions) throw new PartitionsChangedError(partitions, settings.topicPartitions);
  const { topics, reader } = logs;
  const pool = openReadModel(settings.readModelUrl, {
    max: settings.topicPartitions * 2 + 1,
    forWriting: true,
    pipeline: true,
    answerWithin: ANSWER_WITHIN_MS,
  });
  const writer = new BatchWriter(pool, schema);
  const projector = new Projector({ topics, reader, writer, measures, logger, missingKeysToHalt: settings.missingKeysToHalt });
  const consumption = consumeLog({
    kafka: logs.kafka,
    // One group per generation: a rebuild reads for itself.
    groupId: `${settings.topicPrefix}projector.${schema}`,
    topics: [topics.involvementLog, topics.identityLog],
    partitions,
    chunk: settings.batch,
    partitionsConcurrently: settings.topicPartitions,
    logger,
    startingPoints: (assigned) => startingPoints(pool, schema, assigned),
    verify: async (message: LogMessage, _topic, lastEventId) => {
      await reader.codec.prepare([message.value]);
      return isRemembered(reader, message, lastEventId);
    },
    apply: async (batch) => {
      await o.before?.(batch);
      return projector.apply(batch);
    },
    onAssigned: (partitions) => measures.reads(schema, partitions),
    passHole: async (hole) => {
      await noteHole(pool, schema, hole).catch((error: unknown) => {
        throw readModelError(error);
      });
      measures.reached(schema, hole, { waiting: Math.max(0, hole.highWatermark - hole.to) });
    },
    onHalt: (error) => o.onHalt(error),
    onRetry: (error) => {
      measures.retried(error);
      logger.warn({ err: error }, 'trying again');
    },
  });
  return {
    ready: () => consumption.ready(),
    async stop() {
      await consumption.stop();
      measures.reads(schema, []);
      await pool.end();
    },
  };
}

/** A checkpoint that has moved and remembers nothing proves nothing: no message is the empty one, so reading halts. */
async function startingPoints(client: Queryable, schema: string, assigned: readonly TopicPartition[]): Promise<StartingPoint[]> {
  try {
    const checkpoints = await Promise.all(assigned.map(({ topic, partition }) => checkpointOf(client, schema, topic, partition)));
    return checkpoints.map((checkpoint) =>
      checkpoint.nextOffset === 0 ? checkpoint : { ...checkpoint, lastEventId: checkpoint.lastEventId ?? '' },
    );
  } catch (error) {
    throw readModelError(error);
  }
}

/** The code of an error that stops folding for good. */
export const haltCodeOf = (error: Error): string => (error as Partial<HaltError>).code ?? 'unexpected';

/** Every partition of both logs gets its checkpoint, so that a generation nothing was folded into yet says so. */
export async function checkpointsOf(client: Queryable, o: { schema: string; partitions: number; topics: string[] }) {
  const places = o.topics.flatMap((topic) => Array.from({ length: o.partitions }, (_, partition) => ({ topic, partition })));
  return Promise.all(places.map(({ topic, partition }) => checkpointOf(client, o.schema, topic, partition)));
}
