import { setTimeout as pause } from 'node:timers/promises';
import { topicsOf } from '#lib/events';
import { connectKafka, consumeLog, HaltError, type LogConsumption, type LogMessage, LogCodec, SchemaStore } from '#lib/kafka';
import { liveGeneration, openReadModel, PartitionsChangedError, type ReadModelPool } from '#lib/read-model';
import type { Logger } from '#lib/runtime';
import { KeyStore } from '#lib/sealing';
import { BatchWriter } from './apply.js';
import { checkpointOf } from './checkpoint.js';
import { readModelError } from './errors.js';
import type { Measures } from './measures.js';
import { Projector } from './projector.js';
import { rememberedId } from './remembered-id.js';
import type { ProjectorSettings } from './settings.js';

const TRY_AGAIN_MS = 1_000;
const OPEN_WITHIN_MS = 3_000;
/** Longer than a statement may wait for a lock, 10 s. */
const ANSWER_WITHIN_MS = 20_000;
/** How long an erasure by another process may go unnoticed here. */
const KEY_AGE_MS = 60_000;

/** Opens what folding needs, trying again while something is not there yet, and folds until stopped or halted. */
export class FoldingLogs {
  private readonly pool: ReadModelPool;
  private keys: KeyStore | undefined;
  private consumption: LogConsumption | undefined;
  private begun: Promise<void> | undefined;
  private halted: Error | undefined;
  private stopping = false;

  constructor(
    private readonly settings: ProjectorSettings,
    private readonly measures: Measures,
    private readonly logger: Logger,
  ) {
    this.pool = openReadModel(settings.readModelUrl, {
      max: settings.topicPartitions * 2 + 1,
      forWriting: true,
      pipeline: true,
      answerWithin: ANSWER_WITHIN_MS,
    });
  }

  start(): void {
    this.begun = this.begin();
  }

  /** @throws when the logs are not being folded. */
  async look(): Promise<void> {
    if (this.halted) throw this.halted;
    if (!this.consumption?.ready()) throw new Error('no partitions are assigned yet');
    await this.pool.query('SELECT 1');
  }

  async stop(): Promise<void> {
    this.stopping = true;
    // What is being opened may be waiting for a registry that is away.
    await Promise.race([this.begun, pause(OPEN_WITHIN_MS, undefined, { ref: false })]);
    await this.consumption?.stop();
    await this.keys?.close();
    await this.pool.end();
  }

  private async begin(): Promise<void> {
    while (!this.stopping && !this.halted) {
      try {
        this.consumption = await this.open();
        if (this.stopping) await this.consumption.stop();
        return;
      } catch (error) {
        if ((error as { retriable?: unknown }).retriable === false) this.halt(error as Error);
        else this.logger.warn({ err: error }, 'something the projector needs is not there yet');
        await this.keys?.close();
        this.keys = undefined;
      }
      await pause(TRY_AGAIN_MS);
    }
  }

  private async open(): Promise<LogConsumption> {
    const { settings, pool, measures, logger } = this;
    const { schema, partitions } = await liveGeneration(pool);
    if (partitions !== settings.topicPartitions) throw new PartitionsChangedError(partitions, settings.topicPartitions);
    const schemas = SchemaStore.open();
    const codec = await LogCodec.open({ registryUrl: settings.registryUrl, cacheDir: settings.cacheDir, schemas });
    this.keys = await KeyStore.open({
      url: settings.keyStoreUrl,
      keyEncryptionKey: settings.keyEncryptionKey,
      lookupSecret: settings.keyLookupSecret,
      cacheAge: KEY_AGE_MS,
    });
    const reader = { codec, schemas, keys: this.keys };
    const topics = topicsOf(settings.topicPrefix);
    const writer = new BatchWriter(pool, schema);
    const projector = new Projector({ topics, reader, writer, measures, logger, missingKeysToHalt: settings.missingKeysToHalt });
    return consumeLog({
      kafka: connectKafka({ brokers: settings.kafkaBrokers, clientId: 'projector', logger }),
      // One group per generation: a rebuild reads for itself.
      groupId: `${settings.topicPrefix}projector.${schema}`,
      topics: [topics.involvementLog, topics.identityLog],
      partitions,
      chunk: settings.batch,
      partitionsConcurrently: settings.topicPartitions,
      logger,
      startingPoints: async (assigned) => {
        try {
          return await Promise.all(assigned.map(({ topic, partition }) => checkpointOf(pool, schema, topic, partition)));
        } catch (error) {
          throw readModelError(error);
        }
      },
      verify: async (message: LogMessage, _topic, lastEventId) => {
        await codec.prepare([message.value]);
        return rememberedId(reader, message) === lastEventId;
      },
      apply: (batch) => projector.apply(batch),
      onHalt: (error) => this.halt(error),
      onRetry: (error) => {
        measures.retried(error);
        logger.warn({ err: error }, 'trying again');
      },
    });
  }

  private halt(error: Error): void {
    this.halted = error;
    this.measures.halt(error instanceof HaltError ? error.code : ((error as { code?: string }).code ?? 'unexpected'));
    this.logger.fatal({ err: error }, 'halted: nothing is skipped, a person must look');
  }
}
