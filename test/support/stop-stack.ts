import { Kafka, logLevel } from 'kafkajs';
import { Client } from 'pg';
import { RUN_VARIABLE, stack } from './stack.js';

/** Stops the stack this run started; one that was running before only loses this run's databases and topics. */
export default async function stopStack(): Promise<void> {
  if (globalThis.stopTestStack) return globalThis.stopTestStack();
  const run = process.env[RUN_VARIABLE] ?? 'no run';
  await Promise.all([dropDatabases(run), deleteTopics(run)]);
}

async function dropDatabases(run: string): Promise<void> {
  const client = new Client({ connectionString: (await stack()).postgresUrl('postgres') });
  await client.connect();
  const { rows } = await client.query<{ datname: string }>('SELECT datname FROM pg_database WHERE starts_with(datname, $1)', [run]);
  for (const { datname } of rows) await client.query(`DROP DATABASE ${client.escapeIdentifier(datname)} WITH (FORCE)`);
  await client.end();
}

async function deleteTopics(run: string): Promise<void> {
  const kafka = new Kafka({ brokers: [(await stack()).kafkaBrokers], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(run));
  if (topics.length > 0) await admin.deleteTopics({ topics });
  await admin.disconnect();
}
