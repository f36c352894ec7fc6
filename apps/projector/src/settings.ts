import { z } from 'zod';
import { readSettings, settings } from '#lib/runtime';

const own = {
  task: {
    env: 'PROJECTOR_TASK',
    doc: 'fold: keeps the generations up with the logs. upkeep: builds generations, does what operators ask for, checks; run at least one of each.',
    schema: z.enum(['fold', 'upkeep'], 'must be fold or upkeep'),
    development: 'fold',
  },
  checkEvery: {
    env: 'PROJECTOR_CHECK_SECONDS',
    doc: 'How often upkeep folds random people again from the log and compares them with the read model; 0: never.',
    schema: z.coerce.number('must be a whole number').int('must be a whole number').min(0, 'must be 0 or more'),
    development: '3600',
  },
  checkPeople: {
    env: 'PROJECTOR_CHECK_PEOPLE',
    doc: 'People in one such check.',
    schema: z.coerce
      .number('must be a whole number')
      .int('must be a whole number')
      .min(1, 'must be 1 or more')
      .max(10_000, 'must be 10000 or less'),
    development: '50',
  },
  missingKeysToHalt: {
    env: 'PROJECTOR_MISSING_KEYS',
    doc: 'Records that may lack both data key and tombstone before the projector halts.',
    schema: z.coerce.number('must be a whole number').int('must be a whole number').min(0, 'must be 0 or more'),
    development: '100',
  },
  batch: {
    env: 'PROJECTOR_BATCH',
    doc: 'Events in one transaction at most.',
    schema: z.coerce.number('must be a whole number').int('must be a whole number').min(1, 'must be 1 or more'),
    development: '2000',
  },
};

const { kafkaBrokers, topicPrefix, topicPartitions, registryUrl, cacheDir, readModelUrl, keyStoreUrl, keyEncryptionKey, keyLookupSecret } =
  settings;

/** @throws SettingsError */
export function readProjectorSettings(env: Record<string, string | undefined>) {
  return readSettings(
    {
      httpHost: settings.httpHost,
      httpPort: settings.httpPort(7402),
      logLevel: settings.logLevel,
      kafkaBrokers,
      topicPrefix,
      topicPartitions,
      registryUrl,
      cacheDir,
      readModelUrl,
      keyStoreUrl,
      keyEncryptionKey,
      keyLookupSecret,
      ...own,
    },
    env,
  );
}
export type ProjectorSettings = ReturnType<typeof readProjectorSettings>;
