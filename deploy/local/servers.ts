import { join, resolve } from 'node:path';
import type { Child } from './child.js';
import type { Java } from './java.js';
import { startKafka } from './kafka.js';
import { createDatabases, databaseUrl, startPostgres } from './postgres.js';
import { registryUrl, startRegistry } from './registry.js';

export interface ServerPorts {
  postgres: number;
  kafka: number;
  kafkaController: number;
  registry: number;
  registryManagement: number;
}

export interface ServersOptions {
  /** Holds data, logs and process ids. */
  folder: string;
  /** PostgreSQL's data folder, where it can't be under `folder`. */
  postgresDataDir?: string;
  ports: ServerPorts;
  postgresPassword: string;
  postgresFlags?: string[];
  java: Java;
  /** Jars of Kafka and the registry. */
  parts: string;
  /** Called as each one answers, with the seconds it took. */
  onStarted?(name: string, seconds: number): void;
}

export interface Servers {
  kafkaBrokers: string;
  registryUrl: string;
  postgresUrl(database: string): string;
  /** In the order of their start. */
  children: Child[];
  /** Registry, Kafka, then PostgreSQL. */
  stop(): Promise<void>;
}

/** Starts the three servers everything stands on: PostgreSQL and then the registry, Kafka meanwhile. */
export async function startServers(o: ServersOptions): Promise<Servers> {
  const folder = resolve(o.folder);
  const parts = resolve(o.parts);
  const folders = { logs: join(folder, 'logs'), running: join(folder, 'running') };
  const started: Partial<Record<'postgres' | 'kafka' | 'registry', Child>> = {};
  const stop = async () => {
    await Promise.all([started.registry?.stop(), started.kafka?.stop(30_000)]);
    await started.postgres?.stop();
  };
  const timed = async (name: 'postgres' | 'kafka' | 'registry', start: () => Promise<Child>) => {
    const from = Date.now();
    started[name] = await start();
    o.onStarted?.(name, (Date.now() - from) / 1000);
  };
  const postgresUrl = (database: string) => databaseUrl({ port: o.ports.postgres, password: o.postgresPassword }, database);
  const postgres = async () => {
    const dataDir = o.postgresDataDir ?? join(folder, 'postgres');
    await timed('postgres', () =>
      startPostgres({ dataDir, port: o.ports.postgres, password: o.postgresPassword, folders, flags: o.postgresFlags }),
    );
    await createDatabases(postgresUrl('postgres'), ['registry']);
    const { registry: port, registryManagement: managementPort, postgres: postgresPort } = o.ports;
    const home = join(parts, 'registry');
    await timed('registry', () =>
      startRegistry({
        port,
        managementPort,
        postgresPort,
        postgresPassword: o.postgresPassword,
        database: 'registry',
        java: o.java,
        home,
        folders,
      }),
    );
  };
  const kafka = () => {
    const { kafka: port, kafkaController: controllerPort } = o.ports;
    const jars = join(parts, 'kafka');
    return timed('kafka', () => startKafka({ dataDir: join(folder, 'kafka'), port, controllerPort, java: o.java, jars, folders }));
  };
  const results = await Promise.allSettled([postgres(), kafka()]);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  const children = [started.postgres, started.kafka, started.registry].filter((child) => child !== undefined);
  return { kafkaBrokers: `127.0.0.1:${o.ports.kafka}`, registryUrl: registryUrl(o.ports.registry), postgresUrl, children, stop };
}
