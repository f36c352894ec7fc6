import { readSettings, settings } from '#lib/runtime';

/** Reads what ingest needs from its environment. @throws SettingsError */
export function readIngestSettings(env: Record<string, string | undefined>) {
  return readSettings(
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
      oidcIssuer: settings.oidcIssuer,
      oidcAudience: settings.oidcAudience,
      sessionsUrl: settings.sessionsUrl,
      ingestDatabaseUrl: settings.ingestDatabaseUrl,
      authorityFile: settings.authorityFile,
    },
    env,
  );
}
