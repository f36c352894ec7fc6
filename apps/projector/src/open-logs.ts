import { type Topics, topicsOf } from '#lib/events';
import { brokersOf, connectKafka, type Kafka, LogCodec, SchemaStore } from '#lib/kafka';
import type { Logger } from '#lib/runtime';
import { KeyStore } from '#lib/sealing';
import type { LogReader } from './log-reader.js';
import type { ProjectorSettings } from './settings.js';

/** How long an erasure by another process may go unnoticed here. */
const KEY_AGE_MS = 60_000;

/** Both logs with what it takes to read them; shared by all that this process folds. */
export interface OpenLogs {
  kafka: Kafka;
  topics: Topics;
  reader: LogReader;
  close(): Promise<void>;
}

/** @throws what may pass (registry, key store), or that the key-encryption key is a wrong one. */
export async function openLogs(settings: ProjectorSettings, logger: Logger): Promise<OpenLogs> {
  const schemas = SchemaStore.open();
  const codec = await LogCodec.open({ registryUrl: settings.registryUrl, cacheDir: settings.cacheDir, schemas });
  const keys = await KeyStore.open({
    url: settings.keyStoreUrl,
    keyEncryptionKey: settings.keyEncryptionKey,
    lookupSecret: settings.keyLookupSecret,
    cacheAge: KEY_AGE_MS,
  });
  return {
    kafka: connectKafka({ ...brokersOf(settings), clientId: 'projector', logger }),
    topics: topicsOf(settings.topicPrefix),
    reader: { codec, schemas, keys },
    close: () => keys.close(),
  };
}
