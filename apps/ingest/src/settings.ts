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
      capture: {
        env: 'CAPTURE',
        doc: 'Whether changes captured in sources’ own tables are read: on or off.',
        schema: z.enum(['on', 'off'], 'must be on or off').transform((said) => said === 'on'),
        development: 'on',
      },
      ingestDatabaseUrl: settings.ingestDatabaseUrl,
      authorityFile: settings.authorityFile,
      csvFolder: {
        env: 'CSV_FOLDER',
        doc: 'Folder where sources drop their files; empty: none is watched.',
        schema: z.string(),
        development: '',
      },
      csvFolderEvery: {
        env: 'CSV_FOLDER_EVERY_MS',
        doc: 'Milliseconds between two looks into that folder.',
        schema: z.coerce.number('must be a whole number').int('must be a whole number').min(50, 'must be 50 or more'),
        development: '10000',
      },
    },
    env,
  );
}
