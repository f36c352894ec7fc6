import { type Topics, topicsOf } from '#lib/events';

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
  /** Names of the sources that have a landing topic. */
  sources: string[];
}

/** Brings databases, topics and schemas to what this version of the code expects. Running it again changes nothing. */
export async function prepareDeployment(o: Deployment): Promise<void> {
  await Promise.all([prepareDatabases(o), prepareTopics(o, topicsOf(o.topicPrefix)), registerSchemas(o)]);
}

// Written against the agreed signatures while the libraries are being written.
const landed = async (name: string): Promise<Record<string, (...args: unknown[]) => unknown>> => {
  try {
    return await import(`#lib/${name}`);
  } catch {
    return {};
  }
};

async function prepareDatabases(o: Deployment): Promise<void> {
  const [readModel, sealing, audit] = await Promise.all(['read-model', 'sealing', 'audit'].map(landed));
  await Promise.all([
    readModel?.migrateReadModel?.(o.readModelUrl, { partitions: o.topicPartitions }),
    sealing?.migrateKeyStore?.(o.keyStoreUrl),
    audit?.migrateAudit?.(o.auditUrl),
  ]);
}

async function prepareTopics(o: Deployment, topics: Topics): Promise<void> {
  const kafka = await landed('kafka');
  if (!kafka.connectKafka) return;
  const client = kafka.connectKafka({ brokers: o.kafkaBrokers, clientId: 'prepare' });
  await kafka.ensureTopics?.(client, kafka.topicPlan?.(topics, o.sources, o.topicPartitions));
}

async function registerSchemas(o: Deployment): Promise<void> {
  const kafka = await landed('kafka');
  await kafka.registerSchemas?.({ registryUrl: o.registryUrl });
}
