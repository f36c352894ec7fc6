import { join } from 'node:path';
import type { Child, Family } from '../local/child.js';
import { type SourceDatabase, usersOf } from '../local/source-databases.js';
import { startConnect } from './start-connect.js';

export interface SourceConnectorsOptions {
  folder: string;
  kafkaBrokers: string;
  /** As whom changes are written; left out where the brokers ask nobody. */
  kafkaLogin?: { user: string; password: string };
  topicPrefix: string;
  /** Of its REST interface. */
  port: number;
  postgresPort: number;
  /** Each source's database as its server calls it, and the passwords of its users. */
  sources: readonly { source: SourceDatabase; database: string; slot: string; passwords: Readonly<Record<string, string>> }[];
  family: Family;
}

/** Starts one Kafka Connect that captures the changes in sources' databases, as `deploy/connect/<source>.json` says. */
export function startSourceConnectors(o: SourceConnectorsOptions, say: (line: string) => void): Promise<Child> {
  return startConnect(
    {
      folder: o.folder,
      kafkaBrokers: o.kafkaBrokers,
      port: o.port,
      worker: {
        'key.converter.schemas.enable': 'false',
        'value.converter.schemas.enable': 'false',
        // What was not written down when Connect is killed is captured once more: the same changes, with the same versions.
        'offset.flush.interval.ms': '2000',
        'topic.creation.enable': 'false',
        'producer.compression.type': 'gzip',
        ...loginOf(o.kafkaLogin),
      },
      connectors: o.sources.map(({ source }) => join('deploy', 'connect', `${source}.json`)),
      env: {
        TOPIC_PREFIX: o.topicPrefix,
        SOURCE_HOST: '127.0.0.1',
        SOURCE_PORT: String(o.postgresPort),
        ...Object.fromEntries(o.sources.flatMap(settingsOf)),
      },
      memory: ['-Xms64m', '-Xmx256m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'],
      family: o.family,
    },
    say,
  );
}

function settingsOf({ source, database, slot, passwords }: SourceConnectorsOptions['sources'][number]): [string, string][] {
  const name = source.toUpperCase();
  const [, changes] = usersOf(source);
  return [
    [`${name}_DATABASE`, database],
    [`${name}_SLOT`, slot],
    [`${name}_PASSWORD`, passwords[changes]!],
  ];
}

function loginOf(login: SourceConnectorsOptions['kafkaLogin']): Record<string, string> {
  if (!login) return {};
  const settings = {
    'security.protocol': 'SASL_PLAINTEXT',
    'sasl.mechanism': 'SCRAM-SHA-512',
    'sasl.jaas.config': `org.apache.kafka.common.security.scram.ScramLoginModule required username="${login.user}" password="${login.password}";`,
  };
  // of the worker itself, and of what writes for its connectors
  return { ...settings, ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [`producer.${name}`, value])) };
}
