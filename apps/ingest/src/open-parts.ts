import { topicsOf } from '#lib/events';
import { brokersOf, connectKafka, type Kafka, unreadBefore } from '#lib/kafka';
import { type Logger, Metrics } from '#lib/runtime';
import { KeyStore } from '#lib/sealing';
import { Deadline } from './deadline.js';
import type { IngestParts } from './ingest.module.js';
import { logAnswers } from './log-answers.js';
import { openLogWriter } from './open-log-writer.js';
import { Reachable } from './reachable.js';
import { Digests } from './remembered/digests.js';
import type { readIngestSettings } from './settings.js';
import { SourcesInUse } from './sources/sources-in-use.js';
import { MAPPINGS } from './sources/sources.js';
import { Database } from './state/database.js';
import { UnderWay } from './under-way.js';

const ANSWER_WITHIN_MS = 10_000;
/** How long an erasure may go unnoticed here. What is still sealed meanwhile can be read by nobody: the key is gone. */
const KEY_AGE_MS = 15_000;

/** What ingest is built on. Nothing behind the network is waited for: it is opened when it is there. */
export function openParts(
  settings: ReturnType<typeof readIngestSettings>,
  logger: Logger,
): { kafka: Kafka; parts: IngestParts; close(): Promise<void> } {
  const topics = topicsOf(settings.topicPrefix);
  const kafka = connectKafka({ ...brokersOf(settings), clientId: 'ingest', logger });
  const writer = new Reachable(
    () => openLogWriter(kafka, settings),
    ({ producer }) => producer.close(),
  );
  const { keyStoreUrl: url, keyEncryptionKey, keyLookupSecret: lookupSecret } = settings;
  const keyStore = new Reachable(
    () => KeyStore.open({ url, keyEncryptionKey, lookupSecret, cacheAge: KEY_AGE_MS }),
    (store) => store.close(),
  );
  const database = new Reachable(
    () => Database.open(settings.ingestDatabaseUrl),
    (opened) => opened.close(),
  );
  for (const [name, part] of Object.entries({ writer, keyStore, database })) {
    part.get().catch((err: unknown) => logger.warn({ err, part: name }, 'not there yet'));
  }
  const underWay = new UnderWay();
  return {
    kafka,
    parts: {
      keyStore,
      writer,
      database,
      digests: new Digests(lookupSecret),
      secret: lookupSecret,
      sources: SourcesInUse.agreedIn(settings.authorityFile, MAPPINGS),
      topics,
      unreadBefore: (source, before) => unreadBefore(kafka, `${topics.landingGroups}${source}`, topics.landing(source), before),
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
    },
    async close() {
      await underWay.ended();
      await writer.close();
      await keyStore.close();
      await database.close();
    },
  };
}
