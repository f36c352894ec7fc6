import { z } from 'zod';
import { readSettings, settings } from '#lib/runtime';

const wholeNumber = z.coerce.number('must be a whole number').int('must be a whole number');
const positive = wholeNumber.min(1, 'must be 1 or more');

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
    schema: wholeNumber.min(0, 'must be 0 or more'),
    development: '3600',
  },
  checkPeople: {
    env: 'PROJECTOR_CHECK_PEOPLE',
    doc: 'People in one such check.',
    schema: positive.max(10_000, 'must be 10000 or less'),
    development: '50',
  },
  watchEvery: {
    env: 'PROJECTOR_WATCH_SECONDS',
    doc: 'How often upkeep looks whether sources are late or have dropped and whether anything else must alarm; 60 at most: it counts minutes.',
    schema: positive.max(60, 'must be 60 or less'),
    development: '60',
  },
  countEvery: {
    env: 'PROJECTOR_COUNT_SECONDS',
    doc: 'How often upkeep counts the records and open involvements of each source, which reads both tables whole.',
    schema: positive,
    development: '600',
  },
  scoreEvery: {
    env: 'PROJECTOR_SCORE_SECONDS',
    doc: 'How often upkeep measures the data of each source for its scorecard, which reads whole tables.',
    schema: positive,
    development: '3600',
  },
  parkedToAlarm: {
    env: 'PROJECTOR_ALARM_PARKED',
    doc: 'As many parked events alarm.',
    schema: positive,
    development: '100',
  },
  parkedAgeToAlarm: {
    env: 'PROJECTOR_ALARM_PARKED_SECONDS',
    doc: 'An event that is parked for longer alarms.',
    schema: positive,
    development: '3600',
  },
  behindToAlarm: {
    env: 'PROJECTOR_ALARM_BEHIND_SECONDS',
    doc: 'A generation that has not folded an event older than this alarms.',
    schema: positive,
    development: '300',
  },
  missingKeysToHalt: {
    env: 'PROJECTOR_MISSING_KEYS',
    doc: 'Records that may lack both data key and tombstone before the projector halts.',
    schema: wholeNumber.min(0, 'must be 0 or more'),
    development: '100',
  },
  batch: {
    env: 'PROJECTOR_BATCH',
    doc: 'Events in one transaction at most.',
    schema: positive,
    development: '2000',
  },
};

const { topicPrefix, topicPartitions, registryUrl, cacheDir, readModelUrl, keyStoreUrl, keyEncryptionKey, keyLookupSecret } = settings;

/** @throws SettingsError */
export function readProjectorSettings(env: Record<string, string | undefined>) {
  return readSettings(
    {
      httpHost: settings.httpHost,
      httpPort: settings.httpPort(7402),
      logLevel: settings.logLevel,
      ...settings.kafka,
      topicPrefix,
      topicPartitions,
      registryUrl,
      cacheDir,
      readModelUrl,
      keyStoreUrl,
      keyEncryptionKey,
      keyLookupSecret,
      authorityFile: settings.authorityFile,
      ...own,
    },
    env,
  );
}
export type ProjectorSettings = ReturnType<typeof readProjectorSettings>;
