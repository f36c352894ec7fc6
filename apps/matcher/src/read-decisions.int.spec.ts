import { topicsOf } from '#lib/events';
import { connectKafka, LogCodec, logEnds } from '#lib/kafka';
import { createLogger, RetryableError } from '#lib/runtime';
import { appEnv } from '../../../test/support/app-env.js';
import { recorded } from '../../../test/support/recorded-person.js';
import { saidAfter } from '../../../test/support/said-by-matcher.js';
import { SealedLog } from '../../../test/support/sealed-log.js';
import { readDecisions } from './read-decisions.js';
import { startMatcher } from './start.js';

test('a database that is lost while decisions are taken over ends the taking over: its transaction is gone, and is not gone on with', async () => {
  const env = await appEnv();
  const log = await SealedLog.open(env);
  const matcher = await startMatcher(env);
  await saidAfter(env, await log.publish([recorded('mosaic', 'a', 1), recorded('cis', 'b', 1)]));
  await matcher.stop();
  await log.close();
  const topics = topicsOf(env.TOPIC_PREFIX);
  const kafka = connectKafka({ brokers: env.KAFKA_BROKERS!.split(','), clientId: 'reading' });
  const codec = await LogCodec.open({ registryUrl: env.REGISTRY_URL!, cacheDir: env.CACHE_DIR! });
  const ends = await logEnds(kafka, topics.identityLog);
  const lost = new RetryableError('state-unavailable', 'the connection was lost');
  let taken = 0;
  const reading = readDecisions(
    { kafka, codec, topics, logger: createLogger('matcher', 'silent') },
    ends.map(({ partition, start }) => ({ partition, offset: start })),
    ends,
    () => {
      taken += 1;
      return Promise.reject(lost);
    },
  );
  await expect(reading).rejects.toBe(lost);
  expect(taken).toBe(1);
});
