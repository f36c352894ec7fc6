import { join } from 'node:path';
import { databaseUrl } from './postgres.js';
import type { Ports } from './ports.js';
import { registryUrl } from './registry.js';
import { keptSecrets, keptTokens } from './secrets.js';

/** The sources of the made-up authority. */
export const SOURCES = ['mosaic', 'synergy', 'cis', 'northbridge-homes', 'niche', 'childview', 'insight', 'cluster-lists'];

/** Settings every app of the local stack gets; each reads those it declares. */
export function appEnvironment(folder: string, ports: Ports): Record<string, string> {
  const secrets = keptSecrets(folder);
  const database = (name: string) => databaseUrl({ port: ports.postgres, password: secrets.postgresPassword }, name);
  return {
    HTTP_HOST: '127.0.0.1',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'info',
    KAFKA_BROKERS: `127.0.0.1:${ports.kafka}`,
    TOPIC_PREFIX: '',
    TOPIC_PARTITIONS: '4',
    REGISTRY_URL: registryUrl(ports.registry),
    CACHE_DIR: join(folder, 'registry-cache'),
    READ_MODEL_URL: database('read_model'),
    KEY_STORE_URL: database('key_store'),
    AUDIT_URL: database('audit'),
    MATCHER_URL: database('matcher'),
    KEY_ENCRYPTION_KEY: secrets.keyEncryptionKey,
    KEY_LOOKUP_SECRET: secrets.keyLookupSecret,
    SESSION_SECRET: secrets.sessionSecret,
    AUDIT_TERMS_KEY: secrets.auditTermsKey,
    AUDIT_SPOOL_DIR: join(folder, 'audit-spool'),
    AUDIT_LOG_NAME: 'northbridge.invalid/involvement-index/audit',
    AUDIT_SIGNING_KEY: secrets.auditSigningKey,
    AUDIT_CHECKPOINT_DIR: join(folder, 'audit-checkpoints'),
    SOURCE_TOKENS: JSON.stringify(keptTokens(folder, SOURCES)),
    AUTHORITY_FILE: join('deploy', 'authority', 'northbridge.json'),
  };
}
