import { ensureAuditLogins, migrateAudit } from '#lib/audit';
import { topicsOf } from '#lib/events';
import { migrateSessions } from '#lib/identity';
import { migrateKept } from '#lib/kept';
import { type Brokers, connectKafka, ensureRights, ensureTopics, registerSchemas, rightsOf, topicPlan } from '#lib/kafka';
import { migrateReadModel } from '#lib/read-model';
import { migrateKeyStore } from '#lib/sealing';
import { createDatabase } from './create-database.js';
import { ensureStewardsLogin } from './match/stewards-login.js';

/** Where a deployment keeps what; the same names as the settings of the apps. */
export interface Deployment {
  /** As the administrator of the brokers, where they ask for anybody: topics and rights are made. */
  kafka: Brokers;
  topicPrefix: string;
  topicPartitions: number;
  registryUrl: string;
  readModelUrl: string;
  keyStoreUrl: string;
  auditUrl: string;
  /** Passwords of the users the query service comes to the audit as; without both they are not made here. */
  auditWriterPassword?: string | undefined;
  auditReaderPassword?: string | undefined;
  matcherUrl: string;
  /** Password of the user the query service comes to the matcher's database as; without it, it is not made here. */
  matcherStewardsPassword?: string | undefined;
  sessionsUrl: string;
  ingestDatabaseUrl: string;
  /** Names of the sources that have a landing topic. */
  sources: string[];
  /** Whether faults are made on purpose here. */
  rehearsals: boolean;
}

/**
 * Brings databases, topics and schemas to what this version of the code expects. Running it again changes nothing.
 * @returns what there is now, in words
 */
export async function prepareDeployment(o: Deployment): Promise<Record<'databases' | 'topics' | 'rights' | 'schemas', string>> {
  const [databases, topics, rights, schemas] = await Promise.all([
    prepareDatabases(o),
    prepareTopics(o),
    prepareRights(o),
    prepareSchemas(o),
  ]);
  return { databases, topics, rights, schemas };
}

async function prepareDatabases(o: Deployment): Promise<string> {
  const urls = [o.readModelUrl, o.keyStoreUrl, o.auditUrl, o.matcherUrl, o.sessionsUrl, o.ingestDatabaseUrl];
  const made = await Promise.all(urls.map(createDatabase));
  await Promise.all([
    migrateReadModel(o.readModelUrl, { partitions: o.topicPartitions }),
    migrateKeyStore(o.keyStoreUrl),
    migrateAudit(o.auditUrl),
    migrateSessions(o.sessionsUrl),
    migrateKept(o.sessionsUrl),
  ]);
  const { auditWriterPassword: writer, auditReaderPassword: reader } = o;
  const logins = writer !== undefined && reader !== undefined;
  if (logins) await ensureAuditLogins(o.auditUrl, { writer, reader });
  if (o.matcherStewardsPassword !== undefined) await ensureStewardsLogin(o.matcherUrl, o.matcherStewardsPassword);
  const users = [...(logins ? ['the audit has its two users'] : []), ...(o.matcherStewardsPassword ? ['the stewards have theirs'] : [])];
  return [`${urls.length} up to date`, `${made.filter(Boolean).length} made now`, ...users].join(', ');
}

async function prepareTopics(o: Deployment): Promise<string> {
  const plan = topicPlan(topicsOf(o.topicPrefix), o.sources, o.topicPartitions);
  await ensureTopics(connectKafka({ ...o.kafka, clientId: 'prepare' }), plan);
  return `${plan.length} as planned`;
}

async function prepareRights(o: Deployment): Promise<string> {
  const rights = rightsOf(topicsOf(o.topicPrefix), o.sources, o);
  const set = await ensureRights(connectKafka({ ...o.kafka, clientId: 'prepare' }), rights, o.topicPrefix);
  if (!set.asked) return 'none: the brokers ask nobody for a name';
  return `${rights.length} as planned, ${set.granted} granted now, ${set.takenBack} taken back`;
}

async function prepareSchemas(o: Deployment): Promise<string> {
  const registered = await registerSchemas({ registryUrl: o.registryUrl });
  return `${registered.length} registered, FULL_TRANSITIVE enforced`;
}
