import { readSettings, settings, SettingsError } from '#lib/runtime';
import { SOURCES } from './sources/sources.js';

/** Reads what ingest needs from its environment. @throws SettingsError */
export function readIngestSettings(env: Record<string, string | undefined>) {
  const read = readSettings(
    {
      httpHost: settings.httpHost,
      httpPort: settings.httpPort(7401),
      logLevel: settings.logLevel,
      kafkaBrokers: settings.kafkaBrokers,
      topicPrefix: settings.topicPrefix,
      topicPartitions: settings.topicPartitions,
      registryUrl: settings.registryUrl,
      cacheDir: settings.cacheDir,
      keyStoreUrl: settings.keyStoreUrl,
      keyEncryptionKey: settings.keyEncryptionKey,
      keyLookupSecret: settings.keyLookupSecret,
      sourceTokens: settings.sourceTokens,
    },
    env,
  );
  const unknown = Object.keys(read.sourceTokens).filter((name) => !SOURCES.some((source) => source.name === name));
  if (unknown.length > 0) throw new SettingsError([`SOURCE_TOKENS names sources without a mapping file: ${unknown.join(', ')}.`]);
  return read;
}
