import { migrateAudit } from '#lib/audit';
import { topicsOf } from '#lib/events';
import { migrateSessions } from '#lib/identity';
import { migrateKept } from '#lib/kept';
import { connectKafka, ensureTopics, registerSchemas, topicPlan } from '#lib/kafka';
import { migrateReadModel } from '#lib/read-model';
import { migrateKeyStore } from '#lib/sealing';
import { createDatabase } from './create-database.js';

/** Where a deployment keeps what; the same names as the settings of the apps. */
export interface Deployment {
  kafkaBrokers: string[];
  topicPrefix: string;
  topicPartitions: number;
  registryUrl: string;
  readModelUrl: string;
  keyStoreUrl: string;
  auditUrl: string;
  matcherUrl: string;
  sessionsUrl: string;
  /** Names of the sources that have a landing topic. */
  sources: string[];
}

/**
 * Brings databases, topics and schemas to what this version of the code expects. Running it again changes nothing.
 * @returns what there is now, in words
 */
export async function prepareDeployment(o: Deployment): Promise<Record<'databases' | 'topics' | 'schemas', string>> {
  const [databases, topics, schemas] = await Promise.all([prepareDatabases(o), prepareTopics(o), prepareSchemas(o)]);
  return { databases, topics, schemas };
}

async function prepareDatabases(o: Deployment): Promise<string> {
  const urls = [o.readModelUrl, o.keyStoreUrl, o.auditUrl, o.matcherUrl, o.sessionsUrl];
  const made = await Promise.all(urls.map(createDatabase));
  await Promise.all([
    migrateReadModel(o.readModelUrl, { partitions: o.topicPartitions }),
    migrateKeyStore(o.keyStoreUrl),
    migrateAudit(o.auditUrl),
    migrateSessions(o.sessionsUrl),
    migrateKept(o.sessionsUrl),
  ]);
  return `${urls.length} up to date, ${made.filter(Boolean).length} made now`;
}

async function prepareTopics(o: Deployment): Promise<string> {
  const plan = topicPlan(topicsOf(o.topicPrefix), o.sources, o.topicPartitions);
  await ensureTopics(connectKafka({ brokers: o.kafkaBrokers, clientId: 'prepare' }), plan);
  return `${plan.length} as planned`;
}

async function prepareSchemas(o: Deployment): Promise<string> {
  const registered = await registerSchemas({ registryUrl: o.registryUrl });
  return `${registered.length} registered, FULL_TRANSITIVE enforced`;
}
