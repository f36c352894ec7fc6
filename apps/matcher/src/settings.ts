import { readSettings, settings } from '#lib/runtime';

/** Reads what the matcher needs from its environment. @throws SettingsError */
export function readMatcherSettings(env: Record<string, string | undefined>) {
  return readSettings(
    {
      httpHost: settings.httpHost,
      httpPort: settings.httpPort(7403),
      logLevel: settings.logLevel,
      ...settings.kafka,
      topicPrefix: settings.topicPrefix,
      topicPartitions: settings.topicPartitions,
      registryUrl: settings.registryUrl,
      cacheDir: settings.cacheDir,
      matcherUrl: settings.matcherUrl,
      keyStoreUrl: settings.keyStoreUrl,
      keyEncryptionKey: settings.keyEncryptionKey,
      keyLookupSecret: settings.keyLookupSecret,
      authorityFile: settings.authorityFile,
      modelFile: settings.matchModelFile,
    },
    env,
  );
}
