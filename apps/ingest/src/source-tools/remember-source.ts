import { topicsOf } from '#lib/events';
import { brokersOf, connectKafka, groupIsAtWork, LogCodec, SchemaStore } from '#lib/kafka';
import { createLogger } from '#lib/runtime';
import { KeyStore } from '#lib/sealing';
import { Digests } from '../remembered/digests.js';
import { Remembered } from '../remembered/remembered.js';
import { rememberFromLog } from '../remembered/remember-from-log.js';
import { readIngestSettings } from '../settings.js';
import { SourcesInUse } from '../sources/sources-in-use.js';
import { MAPPINGS } from '../sources/sources.js';
import { Database } from '../state/database.js';

/**
 * Makes what ingest remembers of a source anew from the log, while nothing else of that source is published here.
 * @returns how many of its events were read; undefined where something of it is being published
 * @throws RangeError where the authority has no such source; Error where its changes are being captured
 */
export async function rememberSource(source: string, env: Record<string, string | undefined>): Promise<number | undefined> {
  const settings = readIngestSettings(env);
  const known = SourcesInUse.agreedIn(settings.authorityFile, MAPPINGS);
  if (!known.named(source))
    throw new RangeError(`There is no source of this name; there are ${known.all.map(({ name }) => name).join(', ')}.`);
  const logger = createLogger('ingest', settings.logLevel);
  const schemas = SchemaStore.open();
  const kafka = connectKafka({ ...brokersOf(settings), clientId: 'ingest-remember', logger });
  const topics = topicsOf(settings.topicPrefix);
  // what is deleted meanwhile would be remembered as there
  const notWhileCaptured = async () => {
    if (await groupIsAtWork(kafka, `${topics.capturedGroups}${source}`))
      throw new Error(`The changes of ${source} are being captured: stop ingest, and do this again.`);
  };
  await notWhileCaptured();
  const [database, keyStore, codec] = await Promise.all([
    Database.open(settings.ingestDatabaseUrl),
    KeyStore.open({ url: settings.keyStoreUrl, keyEncryptionKey: settings.keyEncryptionKey, lookupSecret: settings.keyLookupSecret }),
    LogCodec.open({ registryUrl: settings.registryUrl, cacheDir: settings.cacheDir, schemas }),
  ]);
  try {
    const ended = await database.alone(source, () =>
      rememberFromLog(source, {
        kafka,
        topic: topics.involvementLog,
        codec,
        schemas,
        keyStore,
        remembered: new Remembered(database),
        digests: new Digests(settings.keyLookupSecret),
        logger,
      }),
    );
    await notWhileCaptured();
    return ended?.done;
  } finally {
    await database.close();
    await keyStore.close();
  }
}
