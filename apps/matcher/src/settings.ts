import { z } from 'zod';
import { readSettings, settings, type SettingSpec } from '#lib/runtime';

const modelFile: SettingSpec<string> = {
  env: 'MATCH_MODEL_FILE',
  doc: 'Settings of the match model, in the shape of Splink 4; empty for the built-in one.',
  schema: z.string(),
  development: '',
};

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
      modelFile,
    },
    env,
  );
}
