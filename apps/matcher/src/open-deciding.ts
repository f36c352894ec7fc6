import { topicsOf } from '#lib/events';
import { brokersOf, connectKafka, LogCodec, LogProducer, SchemaStore } from '#lib/kafka';
import type { Logger } from '#lib/runtime';
import { KeyStore } from '#lib/sealing';
import { Deciding } from './deciding.js';
import { MatchKeys } from './match-keys.js';
import type { MatcherMetrics } from './matcher-metrics.js';
import { openMatching } from './model.js';
import type { readMatcherSettings } from './settings.js';
import { migrateState } from './state/migrate-state.js';
import { State } from './state/open-state.js';

/** With the time that a record stays open (`deciding.ts`), how long an erasure may go unnoticed here: 15 s. */
const KEY_AGE_MS = 10_000;

/** Opens all that deciding needs, and closes it again when deciding stops or could not start. */
export async function openDeciding(
  settings: ReturnType<typeof readMatcherSettings>,
  logger: Logger,
  metrics: MatcherMetrics,
): Promise<Pick<Deciding, 'halted' | 'ready' | 'stop'>> {
  const matching = openMatching(settings);
  const closing: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const one of closing.splice(0).reverse()) await one().catch((err: unknown) => logger.warn({ err }, 'could not be closed'));
  };
  try {
    await migrateState(settings.matcherUrl);
    const onIdleError = (err: Error) => logger.warn({ err }, 'an idle connection broke');
    const state = new State(settings.matcherUrl, onIdleError, settings.answerWithin * 1000);
    closing.push(() => state.close());
    const keyStore = await KeyStore.open({
      url: settings.keyStoreUrl,
      keyEncryptionKey: settings.keyEncryptionKey,
      lookupSecret: settings.keyLookupSecret,
      cacheSize: 20_000,
      cacheAge: KEY_AGE_MS,
    });
    closing.push(() => keyStore.close());
    const kafka = connectKafka({ ...brokersOf(settings), clientId: 'matcher', logger });
    const producer = await LogProducer.open(kafka);
    closing.push(() => producer.close());
    const deciding = await Deciding.start({
      kafka,
      topics: topicsOf(settings.topicPrefix),
      partitions: settings.topicPartitions,
      codec: await LogCodec.open(settings),
      schemas: SchemaStore.open(),
      producer,
      keyStore,
      matchKeys: new MatchKeys(settings.keyLookupSecret),
      matching,
      missingKeysToHalt: settings.missingKeysToHalt,
      state,
      logger,
      metrics,
    });
    closing.push(() => deciding.stop());
    return { halted: deciding.halted, ready: () => deciding.ready(), stop: close };
  } catch (error) {
    await close();
    throw error;
  }
}
