import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { newFamily } from './child.js';
import { freePorts } from './ports.js';
import { checkMaven, findJava } from '../prerequisites.js';
import { everyTenSeconds, fetchParts, partsAreThere, partsFolder } from './parts.js';
import { reachableDataDir } from './postgres-programs.js';
import { startServers } from './servers.js';
import { startTestDirectory } from './test-directory.js';
import { startWatchdog } from './watchdog.js';

/** Where a test stack left running writes its addresses. */
export const TEST_STACK_FILE = join('.cache', 'test-stack.json');

export interface TestAddresses {
  kafkaBrokers: string;
  registryUrl: string;
  /** Of the database `postgres`, from which others are made. */
  postgresUrl: string;
  /** Of the directory. */
  issuerUrl: string;
}

/**
 * Starts PostgreSQL, Kafka and the registry on free ports with empty data, made for tests: nothing is kept when the machine fails.
 * @param postgresFlags other settings of PostgreSQL, where what is durable must have reached the disk
 */
export async function startTestServers(
  folder: string,
  say: (line: string) => void,
  postgresFlags = ['fsync=off', 'max_connections=400'],
): Promise<{ addresses: TestAddresses; stop(): Promise<void> }> {
  const java = findJava();
  if (!partsAreThere()) {
    checkMaven(java);
    say('fetching Kafka and the registry by Maven');
    await fetchParts(java, everyTenSeconds(say));
  }
  rmSync(folder, { recursive: true, force: true });
  const family = newFamily(resolve(folder));
  startWatchdog(family.running);
  const { dataDir } = reachableDataDir(join(process.cwd(), folder, 'postgres'));
  rmSync(dataDir, { recursive: true, force: true });
  const [postgres, kafka, kafkaController, registry, registryManagement, directory] = await freePorts(6);
  const servers = await startServers({
    folder,
    postgresDataDir: dataDir,
    ports: { postgres, kafka, kafkaController, registry, registryManagement } as Parameters<typeof startServers>[0]['ports'],
    postgresPassword: 'postgres',
    postgresFlags,
    java,
    parts: partsFolder(),
    family,
    onStarted: (name, seconds) => say(`${name} up in ${seconds.toFixed(1)} s`),
  });
  const { kafkaBrokers, registryUrl } = servers;
  const issuerUrl = await startTestDirectory(directory!, family);
  return {
    addresses: { kafkaBrokers, registryUrl, postgresUrl: servers.postgresUrl('postgres'), issuerUrl },
    async stop() {
      await servers.stop();
      for (const data of [folder, dataDir]) rmSync(data, { recursive: true, force: true });
    },
  };
}
