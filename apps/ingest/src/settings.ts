import { z } from 'zod';
import { readSettings, settings } from '#lib/runtime';

/** Reads what ingest needs from its environment. @throws SettingsError */
export function readIngestSettings(env: Record<string, string | undefined>) {
  return readSettings(
    {
      httpHost: settings.httpHost,
      httpPort: settings.httpPort(7401),
      logLevel: settings.logLevel,
      ...settings.kafka,
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
      landing: {
        env: 'LANDING',
        doc: 'Whether landing topics are read: on or off.',
        schema: z.enum(['on', 'off'], 'must be on or off').transform((said) => said === 'on'),
        development: 'on',
      },
    },
    env,
  );
}
