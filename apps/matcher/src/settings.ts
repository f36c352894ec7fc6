import { z } from 'zod';
import { readSettings, settings } from '#lib/runtime';

const missingKeysToHalt = {
  env: 'MATCHER_MISSING_KEYS',
  doc: 'Records that may lack both data key and tombstone before the matcher halts.',
  schema: z.coerce.number('must be a whole number').int('must be a whole number').min(0, 'must be 0 or more'),
  development: '100',
};

const answerWithin = {
  env: 'MATCHER_ANSWER_SECONDS',
  doc: 'Seconds that the matcher waits for its database’s answer; more than any statement takes when another model is compared.',
  schema: z.coerce.number('must be a number').positive('must be above 0').max(86_400, 'must be 86400 or less'),
  development: '600',
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
      modelFile: settings.matchModelFile,
      missingKeysToHalt,
      answerWithin,
    },
    env,
  );
}
