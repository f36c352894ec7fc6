import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { topicsOf } from '#lib/events';
import { AccessTokens, Issuer, Revocations } from '#lib/identity';
import { connectKafka } from '#lib/kafka';
import { createLogger, type Logger, Metrics, nestLogger, type Running } from '#lib/runtime';
import { KeyStore } from '#lib/sealing';
import { Deadline } from './deadline.js';
import { doorAdapter } from './http/door.js';
import { KnownSenders } from './http/known-senders.js';
import { documentDoor } from './http/open-api.js';
import { IngestModule } from './ingest.module.js';
import { logAnswers } from './log-answers.js';
import { openLogWriter } from './open-log-writer.js';
import { Reachable } from './reachable.js';
import { readIngestSettings } from './settings.js';
import { MAPPINGS } from './sources/sources.js';
import { SourcesInUse } from './sources/sources-in-use.js';
import { UnderWay } from './under-way.js';

const ANSWER_WITHIN_MS = 10_000;
/** How long an erasure may go unnoticed here. What is still sealed meanwhile can be read by nobody: the key is gone. */
const KEY_AGE_MS = 15_000;

/** Opens the door. It opens without Kafka, registry or key store too, and answers 503 until they are there. */
export async function startIngest(env: Record<string, string | undefined>, ownLogger?: Logger): Promise<Running> {
  const settings = readIngestSettings(env);
  const logger = ownLogger ?? createLogger('ingest', settings.logLevel);
  const topics = topicsOf(settings.topicPrefix);
  const kafka = connectKafka({ brokers: settings.kafkaBrokers, clientId: 'ingest', logger });
  const writer = new Reachable(
    () => openLogWriter(kafka, settings),
    ({ producer }) => producer.close(),
  );
  const keyStore = new Reachable(
    () => KeyStore.open({ ...keysAs(settings), cacheAge: KEY_AGE_MS }),
    (store) => store.close(),
  );
  const tokens = new AccessTokens(new Issuer({ url: settings.oidcIssuer }), settings.oidcAudience);
  const revocations = await Revocations.open(settings.sessionsUrl);
  const underWay = new UnderWay();
  const app = await NestFactory.create<NestFastifyApplication>(
    IngestModule.on({
      keyStore,
      writer,
      topics,
      sources: SourcesInUse.agreedIn(settings.authorityFile, MAPPINGS),
      partitions: settings.topicPartitions,
      underWay,
      deadline: new Deadline(ANSWER_WITHIN_MS),
      logger,
      metrics: new Metrics('ingest'),
      checks: [
        { name: 'log', look: () => logAnswers(kafka, topics.involvementLog) },
        { name: 'log writer', look: async () => void (await writer.get()) },
        { name: 'key store', look: async () => void (await (await keyStore.get()).erasedAmong([])) },
      ],
    }),
    doorAdapter(new KnownSenders(tokens, revocations)),
    { logger: nestLogger(logger), bodyParser: false },
  );
  documentDoor(app, IngestModule);
  for (const [name, part] of Object.entries({ writer, keyStore })) {
    part.get().catch((err: unknown) => logger.warn({ err, part: name }, 'not there yet'));
  }
  await app.listen(settings.httpPort, settings.httpHost);
  return {
    url: await app.getUrl(),
    async stop() {
      await app.close();
      await underWay.ended();
      await writer.close();
      await keyStore.close();
      await revocations.close();
    },
  };
}

const keysAs = (settings: ReturnType<typeof readIngestSettings>) => ({
  url: settings.keyStoreUrl,
  keyEncryptionKey: settings.keyEncryptionKey,
  lookupSecret: settings.keyLookupSecret,
});
