import { join } from 'node:path';
import { auditUrlOf, urlAs } from '#lib/audit';
import { CONNECT_USER, KAFKA_APPS, userOfSource } from '#lib/kafka';
import { BROKER_ADMIN } from './kafka-users.js';
import { databaseUrl } from './postgres.js';
import type { App } from './apps.js';
import type { Ports } from './ports.js';
import { registryUrl } from './registry.js';
import { keptSecrets, keptSecretsOf } from './secrets.js';

/** The sources of the made-up authority. */
export const SOURCES = [
  'mosaic',
  'synergy',
  'cis',
  'northbridge-homes',
  'niche',
  'childview',
  'insight',
  'cluster-lists',
  'liquidlogic',
  'generic',
];

/** What the index is called at the directory, and in the audience of tokens. */
export const OIDC = { OIDC_AUDIENCE: 'urn:involvement-index', OIDC_CLIENT_ID: 'involvement-index' };

/**
 * Machines and what each may do: every source publishes its own, the case management system asks questions and leads readers here, the
 * pages handle files for readers, the data-quality team approves files by which much would disappear.
 */
export const MACHINES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(SOURCES.map((source) => [source, `ingest:${source}`])),
  'case-management': 'query:read links:create',
  pages: 'act-for-readers',
  'data-quality': SOURCES.map((source) => `approve:${source}`).join(' '),
};

/** Users of Kafka with their passwords: its administrator, every app, every source for its landing topic, and Kafka Connect. */
export const kafkaPasswords = (folder: string): Record<string, string> =>
  keptSecretsOf('kafka-users', folder, [BROKER_ADMIN, ...KAFKA_APPS, CONNECT_USER, ...SOURCES.map(userOfSource)]);

/** As whom an app comes to Kafka: with rights to what its work needs. */
export const asKafkaUser = (folder: string, user: string): Record<string, string> => ({
  KAFKA_USER: user,
  KAFKA_PASSWORD: kafkaPasswords(folder)[user]!,
});

/** Settings every app of the local stack gets, and whoever operates it, who is Kafka's administrator; each reads those it declares. */
export function appEnvironment(folder: string, ports: Ports): Record<string, string> {
  const secrets = keptSecrets(folder);
  const database = (name: string) => databaseUrl({ port: ports.postgres, password: secrets.postgresPassword }, name);
  return {
    HTTP_HOST: '127.0.0.1',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'info',
    KAFKA_BROKERS: `127.0.0.1:${ports.kafka}`,
    ...asKafkaUser(folder, BROKER_ADMIN),
    TOPIC_PREFIX: '',
    TOPIC_PARTITIONS: '4',
    REGISTRY_URL: registryUrl(ports.registry),
    CACHE_DIR: join(folder, 'registry-cache'),
    READ_MODEL_URL: database('read_model'),
    KEY_STORE_URL: database('key_store'),
    AUDIT_URL: database('audit'),
    AUDIT_READ_URL: database('audit'),
    MATCHER_URL: database('matcher'),
    MATCHER_STEWARDS_PASSWORD: secrets.matcherStewardsPassword,
    INGEST_DATABASE_URL: database('ingest'),
    SESSIONS_URL: database('sessions'),
    KEY_ENCRYPTION_KEY: secrets.keyEncryptionKey,
    KEY_LOOKUP_SECRET: secrets.keyLookupSecret,
    SESSION_SECRET: secrets.sessionSecret,
    AUDIT_WRITER_PASSWORD: secrets.auditWriterPassword,
    AUDIT_READER_PASSWORD: secrets.auditReaderPassword,
    AUDIT_TERMS_KEY: secrets.auditTermsKey,
    AUDIT_SPOOL_DIR: join(folder, 'audit-spool'),
    AUDIT_LOG_NAME: 'northbridge.invalid/involvement-index/audit',
    AUDIT_SIGNING_KEY: secrets.auditSigningKey,
    AUDIT_CHECKPOINT_DIR: join(folder, 'audit-checkpoints'),
    ...OIDC,
    OIDC_ISSUER: directoryUrl(ports.directory),
    OIDC_CLIENT_SECRET: secrets.oidcClientSecret,
    INGEST_URL: `http://127.0.0.1:${ports.ingest}`,
    PUBLIC_URL: `http://127.0.0.1:${ports.front}`,
    // A town that is tried out for an hour is to see its scorecards.
    PROJECTOR_SCORE_SECONDS: '300',
    UNAVAILABLE_DIR: unavailableFolder(folder),
  };
}

/** Where query leaves the page for when it is away. */
export const unavailableFolder = (folder: string): string => join(folder, 'unavailable');

/** What an app gets besides, and no other may know. */
export function ownEnvironment(app: App, folder: string, all: Record<string, string>): Record<string, string> {
  if (app === 'directory') return directoryEnvironment(folder);
  const ofPages = app === 'query' ? queryEnvironment(folder, all) : {};
  const user = KAFKA_APPS.find((one) => one === app);
  return user ? asKafkaUser(folder, user) : { KAFKA_USER: '', KAFKA_PASSWORD: '', ...ofPages };
}

/** The query service can add to the audit and read it for officers, and not change it; of the matcher it sees what waits for stewards. */
function queryEnvironment(folder: string, { AUDIT_URL = '', MATCHER_URL = '' }: Record<string, string>): Record<string, string> {
  const { auditWriterPassword, auditReaderPassword, matcherStewardsPassword } = keptSecrets(folder);
  return {
    INGEST_CLIENT_SECRET: keptSecretsOf('clients', folder, Object.keys(MACHINES)).pages!,
    AUDIT_URL: auditUrlOf(AUDIT_URL, 'writer', auditWriterPassword),
    AUDIT_READ_URL: auditUrlOf(AUDIT_URL, 'reader', auditReaderPassword),
    AUDIT_WRITER_PASSWORD: '',
    AUDIT_READER_PASSWORD: '',
    MATCHER_STEWARDS_URL: urlAs(MATCHER_URL, 'index_stewards', matcherStewardsPassword),
    MATCHER_STEWARDS_PASSWORD: '',
    MATCHER_URL: '',
  };
}

/** What the directory gets besides: the secrets of the machines, which no app may know. */
function directoryEnvironment(folder: string): Record<string, string> {
  const secrets = keptSecretsOf('clients', folder, Object.keys(MACHINES));
  return { DIRECTORY_KEY: keptSecrets(folder).directoryKey, DIRECTORY_MACHINES: machinesWith((client) => secrets[client]!) };
}

/** The setting that tells the directory its machine clients. @param secretOf a client's secret */
export function machinesWith(secretOf: (client: string) => string): string {
  const machines = Object.entries(MACHINES).map(([client, scope]) => [client, { secret: secretOf(client), scope }]);
  return JSON.stringify(Object.fromEntries(machines));
}

export const directoryUrl = (port: number): string => `http://127.0.0.1:${port}`;
