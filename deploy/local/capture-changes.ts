import { join } from 'node:path';
import { CONNECT_USER } from '#lib/kafka';
import { startSourceConnectors } from '../connect/source-connectors.js';
import { step } from '../step.js';
import type { Child, Family } from './child.js';
import { kafkaPasswords } from './environment.js';
import type { Ports } from './ports.js';
import { keptSecretsOf } from './secrets.js';
import type { Servers } from './servers.js';
import { makeSourceDatabase, SOURCE_DATABASES, usersOf } from './source-databases.js';

interface Stack {
  folder: string;
  ports: Ports;
  family: Family;
}

/** Makes the databases of sources and starts Kafka Connect on them. It comes last, and what fails here stops nothing else. */
export async function captureChanges(o: Stack, servers: Pick<Servers, 'postgresUrl' | 'kafkaBrokers'>): Promise<void> {
  try {
    await step('changes at the sources', async () => {
      for (const source of SOURCE_DATABASES) await makeSourceDatabase(servers.postgresUrl('postgres'), source, passwordsOf(o.folder));
      await startCapturing(o, servers);
    });
  } catch (error) {
    console.log(`✗ Changes in the sources' own databases are not captured: ${error instanceof Error ? error.message : String(error)}`);
    console.log('Everything else runs.');
  }
}

/** Starts Kafka Connect, or starts it again: it goes on where it was. */
export function startCapturing({ folder, ports, family }: Stack, { kafkaBrokers }: Pick<Servers, 'kafkaBrokers'>): Promise<Child> {
  return startSourceConnectors(
    {
      folder: join(folder, 'connect'),
      kafkaBrokers,
      kafkaLogin: { user: CONNECT_USER, password: kafkaPasswords(folder)[CONNECT_USER]! },
      topicPrefix: '',
      port: ports.connect,
      postgresPort: ports.postgres,
      sources: SOURCE_DATABASES.map((source) => ({
        source,
        database: source,
        slot: `involvement_index_${source}`,
        passwords: passwordsOf(folder),
      })),
      family,
    },
    console.log,
  );
}

/** Of the users in the sources' databases. */
export const passwordsOf = (folder: string): Record<string, string> =>
  keptSecretsOf('source-databases', folder, SOURCE_DATABASES.flatMap(usersOf));
