import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Java } from '../prerequisites.js';
import { type Child, type Family, newFamily } from './child.js';
import { startKafka } from './kafka.js';
import { createDatabases, databaseUrl, startPostgres } from './postgres.js';
import { registryUrl, startRegistry } from './registry.js';
import { stopInOrder } from './stop-in-order.js';

export interface ServerPorts {
  postgres: number;
  kafka: number;
  kafkaController: number;
  registry: number;
  registryManagement: number;
  /** Where Kafka also listens, and the port that clients who come this way are sent to: a proxy's. */
  kafkaByWayOf?: { port: number; advertisedPort: number };
}

export interface ServersOptions {
  /** Holds data, logs and process ids. */
  folder: string;
  postgresDataDir: string;
  ports: ServerPorts;
  postgresPassword: string;
  postgresFlags?: string[];
  /** Users of Kafka and their passwords; left out: everybody who can reach it may do everything. */
  kafkaPasswords?: Record<string, string>;
  java: Java;
  /** Jars of Kafka and the registry. */
  parts: string;
  family?: Family;
  /** Called as each one answers, with the seconds it took. */
  onStarted?(name: string, seconds: number): void;
}

export interface Servers {
  kafkaBrokers: string;
  registryUrl: string;
  postgresUrl(database: string): string;
  /** Starts one that has ended again, on its old data. */
  restart: Record<'postgres' | 'kafka' | 'registry', () => Promise<Child>>;
  stop(): Promise<void>;
}

/** The processes of a PostgreSQL that was killed hold its memory for a moment longer, and the next refuses to start until they are gone. */
async function withPatience(start: () => Promise<Child>): Promise<Child> {
  for (let tries = 1; ; tries += 1)
    try {
      return await start();
    } catch (error) {
      if (tries === 5) throw error;
      await pause(1_000);
    }
}

/** Starts the three servers everything stands on: PostgreSQL and then the registry, Kafka meanwhile. */
export async function startServers(o: ServersOptions): Promise<Servers> {
  const { ports, java, postgresPassword } = o;
  const folder = resolve(o.folder);
  const parts = resolve(o.parts);
  const family = o.family ?? newFamily(folder);
  const postgresUrl = (database: string) => databaseUrl({ port: ports.postgres, password: postgresPassword }, database);
  const timed = async (name: string, start: () => Promise<unknown>) => {
    const from = performance.now();
    await start();
    o.onStarted?.(name, (performance.now() - from) / 1000);
  };
  const postgres = () =>
    startPostgres({ dataDir: o.postgresDataDir, port: ports.postgres, password: postgresPassword, family, flags: o.postgresFlags });
  const registry = async () => {
    await createDatabases(postgresUrl('postgres'), ['registry']);
    const { registry: port, registryManagement: managementPort, postgres: postgresPort } = ports;
    const home = join(parts, 'registry');
    return startRegistry({ port, managementPort, postgresPort, postgresPassword, database: 'registry', java, home, family });
  };
  const kafka = () => {
    const { kafka: port, kafkaController: controllerPort, kafkaByWayOf: byWayOf } = ports;
    const clients = o.kafkaPasswords ? { users: { port, passwords: o.kafkaPasswords } } : { port };
    return startKafka({ dataDir: join(folder, 'kafka'), ...clients, controllerPort, byWayOf, java, jars: join(parts, 'kafka'), family });
  };
  const results = await Promise.allSettled([
    timed('PostgreSQL', postgres).then(() => timed('schema registry', registry)),
    timed('Kafka', kafka),
  ]);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) {
    await stopInOrder(family);
    throw failed.reason;
  }
  return {
    kafkaBrokers: `127.0.0.1:${ports.kafka}`,
    registryUrl: registryUrl(ports.registry),
    postgresUrl,
    restart: { postgres: () => withPatience(postgres), kafka, registry },
    stop: () => stopInOrder(family),
  };
}
