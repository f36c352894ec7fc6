import { z } from 'zod';
import type { SettingSpec } from './settings.js';

const developmentKey = (words: string) => Buffer.from(words.padEnd(32, '.').slice(0, 32)).toString('base64');

const port = z.coerce
  .number('must be a port number')
  .int('must be a port number')
  .min(0, 'must be a port number')
  .max(65535, 'must be a port number');
const url = (protocols: RegExp) => z.url({ protocol: protocols, error: 'must be a URL' });
const key = z
  .string()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((bytes) => bytes.length === 32, 'must be 32 bytes in base64');

const database = (env: string, what: string, name: string): SettingSpec<string> => ({
  env,
  doc: `PostgreSQL URL of ${what}.`,
  schema: url(/^postgres(ql)?$/),
  development: `postgres://postgres:postgres@127.0.0.1:7410/${name}`,
  production: 'required',
});

const secretKey = (env: string, doc: string, development: string): SettingSpec<Buffer> => ({
  env,
  doc: `${doc} 32 bytes in base64.`,
  schema: key,
  development: developmentKey(development),
  production: 'required',
  secret: true,
});

const setting = <T>(spec: SettingSpec<T>): SettingSpec<T> => spec;

/** The settings more than one app uses, each declared once. An app picks the ones it needs. */
export const settings = {
  httpHost: setting({ env: 'HTTP_HOST', doc: 'Address to listen on.', schema: z.string().min(1), development: '127.0.0.1' }),
  /** @param development the port used where HTTP_PORT is not set. 0 takes any free port. */
  httpPort: (development: number): SettingSpec<number> => ({
    env: 'HTTP_PORT',
    doc: 'Port to listen on.',
    schema: port,
    development: String(development),
  }),
  logLevel: setting({
    env: 'LOG_LEVEL',
    doc: 'One of fatal, error, warn, info, debug, trace, silent.',
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'must be a level'),
    development: 'info',
  }),
  /** How the brokers are reached; all four go together. */
  kafka: {
    kafkaBrokers: setting({
      env: 'KAFKA_BROKERS',
      doc: 'Addresses of the brokers, host:port, separated by commas.',
      schema: z
        .string()
        .transform((text) => text.split(',').map((broker) => broker.trim()))
        .refine((brokers) => brokers.every((broker) => /^.+:\d+$/.test(broker)), 'must be host:port, separated by commas'),
      development: '127.0.0.1:7411',
      production: 'required',
    }),
    kafkaUser: setting({
      env: 'KAFKA_USER',
      doc: 'As whom to come to the brokers (SCRAM-SHA-512); empty where they ask nobody.',
      schema: z.string(),
      development: '',
      production: 'required',
    }),
    kafkaPassword: setting({
      env: 'KAFKA_PASSWORD',
      doc: 'The password of KAFKA_USER.',
      schema: z.string(),
      development: '',
      production: 'required',
    }),
    kafkaTls: setting({
      env: 'KAFKA_TLS',
      doc: 'Whether the brokers are reached over TLS: yes or no.',
      schema: z.enum(['yes', 'no'], 'must be yes or no').transform((said) => said === 'yes'),
      development: 'no',
      production: 'required',
    }),
  },
  topicPrefix: setting({
    env: 'TOPIC_PREFIX',
    doc: 'Put before every topic name; empty in production.',
    schema: z.string().regex(/^[a-zA-Z0-9._-]*$/, 'may hold letters, digits, dot, underscore, hyphen'),
    development: '',
  }),
  topicPartitions: setting({
    env: 'TOPIC_PARTITIONS',
    doc: 'Partitions of involvement-log and identity-log; another count is a new topic and a rebuild.',
    schema: z.coerce.number('must be a whole number').int('must be a whole number').min(1, 'must be 1 or more'),
    development: '4',
  }),
  registryUrl: setting({
    env: 'REGISTRY_URL',
    doc: 'Address of the schema registry, up to and with /apis/ccompat/v7.',
    schema: url(/^https?$/),
    development: 'http://127.0.0.1:7413/apis/ccompat/v7',
    production: 'required',
  }),
  cacheDir: setting({
    env: 'CACHE_DIR',
    doc: 'Folder where schemas from the registry are kept between starts.',
    schema: z.string().min(1),
    development: '.cache/registry',
  }),
  readModelUrl: database('READ_MODEL_URL', 'the read model', 'read_model'),
  keyStoreUrl: database('KEY_STORE_URL', 'the key store', 'key_store'),
  auditUrl: database('AUDIT_URL', 'the audit store', 'audit'),
  auditReadUrl: database(
    'AUDIT_READ_URL',
    'the audit store, of a user who may act as its reader and its reviewer, and nothing else',
    'audit',
  ),
  auditWriterPassword: setting({
    env: 'AUDIT_WRITER_PASSWORD',
    doc: 'Password that `ops prepare` gives the user index_looks of the audit database, who may add to the log and do nothing else. Empty: the user is yours to make.',
    schema: z.string().transform((text) => text || undefined),
    development: '',
  }),
  auditReaderPassword: setting({
    env: 'AUDIT_READER_PASSWORD',
    doc: 'Password that `ops prepare` gives the user index_officers of the audit database, who may read it for officers. Empty: the user is yours to make.',
    schema: z.string().transform((text) => text || undefined),
    development: '',
  }),
  matcherUrl: database('MATCHER_URL', "the matcher's own state", 'matcher'),
  matcherStewardsUrl: database(
    'MATCHER_STEWARDS_URL',
    "the matcher's own state, of the user index_stewards, who sees which pairs wait and asks for decisions, and nothing else",
    'matcher',
  ),
  matcherStewardsPassword: setting({
    env: 'MATCHER_STEWARDS_PASSWORD',
    doc: 'Password that `ops prepare` gives the user index_stewards of the matcher’s database. Empty: the user is yours to make.',
    schema: z.string().transform((text) => text || undefined),
    development: '',
  }),
  ingestDatabaseUrl: database('INGEST_DATABASE_URL', 'what ingest remembers of its sources, and the files that wait there', 'ingest'),
  sessionsUrl: database('SESSIONS_URL', 'sessions, and what was taken back of readers and machines', 'sessions'),
  keyEncryptionKey: secretKey('KEY_ENCRYPTION_KEY', 'Wraps the data keys of all records.', 'development key encryption key'),
  keyLookupSecret: secretKey('KEY_LOOKUP_SECRET', 'Finds the data key of a record.', 'development key lookup secret'),
  oidcIssuer: setting({
    env: 'OIDC_ISSUER',
    doc: 'Address of the authority’s directory, as its tokens name it in `iss`.',
    schema: url(/^https?$/),
    development: 'http://127.0.0.1:7406',
    production: 'required',
    overTls: true,
  }),
  oidcAudience: setting({
    env: 'OIDC_AUDIENCE',
    doc: 'Names the index in the `aud` of the access tokens that machine clients get.',
    schema: z.string().min(1),
    development: 'urn:involvement-index',
    production: 'required',
  }),
  sessionSecret: setting({
    env: 'SESSION_SECRET',
    doc: 'Signs session cookies; 32 characters or more.',
    schema: z.string().min(32, 'must be 32 characters or more'),
    development: 'development session secret, never for production',
    production: 'required',
    secret: true,
  }),
  authorityFile: setting({
    env: 'AUTHORITY_FILE',
    doc: 'Settings of the authority: its sources, services and display rules.',
    schema: z.string().min(1),
    development: 'deploy/authority/northbridge.json',
  }),
  matchModelFile: setting({
    env: 'MATCH_MODEL_FILE',
    doc: 'Settings of the match model, in the shape of Splink 4; empty for the built-in one. Pages explain by it what the matcher decides by it.',
    schema: z.string(),
    development: '',
  }),
} as const;
