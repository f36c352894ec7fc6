import { randomBytes } from 'node:crypto';
import { prepareDeployment } from '../../apps/ops/src/prepare-deployment.js';
import { SOURCES } from '../../deploy/local/environment.js';
import { TEST_OIDC } from '../../deploy/local/test-directory.js';
import { freshDatabase, freshPrefix } from './fresh.js';
import { stack } from './stack.js';

export { SOURCES };

/**
 * A complete environment for every app: databases of its own (migrated), topics of its own (made), schemas registered, keys.
 * HTTP_PORT is 0, any free one; an app's `start` returns where it listens.
 * @param overrides settings a test wants otherwise
 */
export async function appEnv(overrides: Record<string, string> = {}): Promise<Record<string, string>> {
  const { kafkaBrokers, registryUrl, issuerUrl } = await stack();
  const [readModelUrl, keyStoreUrl, auditUrl, matcherUrl, sessionsUrl, ingestUrl] = await Promise.all(
    ['read-model', 'key-store', 'audit', 'matcher', 'sessions', 'ingest'].map((purpose) => freshDatabase(purpose)),
  );
  const key = () => randomBytes(32).toString('base64');
  const env: Record<string, string> = {
    NODE_ENV: 'test',
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: '0',
    LOG_LEVEL: 'error',
    KAFKA_BROKERS: kafkaBrokers,
    TOPIC_PREFIX: freshPrefix(),
    TOPIC_PARTITIONS: '4',
    LANDING: 'off',
    CAPTURE: 'off',
    REGISTRY_URL: registryUrl,
    CACHE_DIR: '.cache/test-registry',
    READ_MODEL_URL: readModelUrl!,
    KEY_STORE_URL: keyStoreUrl!,
    AUDIT_URL: auditUrl!,
    AUDIT_READ_URL: auditUrl!,
    MATCHER_URL: matcherUrl!,
    SESSIONS_URL: sessionsUrl!,
    INGEST_DATABASE_URL: ingestUrl!,
    KEY_ENCRYPTION_KEY: key(),
    KEY_LOOKUP_SECRET: key(),
    ...TEST_OIDC,
    OIDC_ISSUER: issuerUrl,
    SESSION_SECRET: randomBytes(32).toString('hex'),
    AUDIT_TERMS_KEY: key(),
    AUTHORITY_FILE: 'deploy/authority/northbridge.json',
    // What a test writes is to be seen at once.
    FRESHNESS_KEPT_MS: '0',
    WAITING_KEPT_MS: '0',
    REQUESTS_PER_MINUTE: '1000000',
    ...overrides,
  };
  await prepareDeployment({
    kafka: { brokers: env.KAFKA_BROKERS!.split(',') },
    topicPrefix: env.TOPIC_PREFIX!,
    topicPartitions: Number(env.TOPIC_PARTITIONS),
    registryUrl: env.REGISTRY_URL!,
    readModelUrl: env.READ_MODEL_URL!,
    keyStoreUrl: env.KEY_STORE_URL!,
    auditUrl: env.AUDIT_URL!,
    matcherUrl: env.MATCHER_URL!,
    sessionsUrl: env.SESSIONS_URL!,
    ingestDatabaseUrl: env.INGEST_DATABASE_URL!,
    // No door of these tests uses landing topics, and making 32 partitions takes its time.
    sources: [],
    rehearsals: true,
  });
  return env;
}
