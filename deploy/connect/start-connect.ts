import { mkdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { checkMaven, findJava } from '../prerequisites.js';
import { type Child, type Family, startChild } from '../local/child.js';
import { everyTenSeconds, fetchParts, type Parts, partsAreThere, partsFolder } from '../local/parts.js';
import { writePrivate } from '../local/secrets.js';
import { answersAt, waitUntil } from '../local/wait-until.js';

export interface ConnectOptions {
  /** For its settings and offsets. */
  folder: string;
  kafkaBrokers: string;
  /** Of its REST interface. */
  port: number;
  /** Settings of the worker, beside those it can't be without. */
  worker: Record<string, string>;
  /** Where other connectors are than those for source databases. */
  plugins?: string;
  /** Each as a file, called as the connector is, or its settings. */
  connectors: readonly (string | { name: string; [setting: string]: string })[];
  /** What connectors name as `${env:NAME}`. */
  env?: Record<string, string>;
  /** Of the Java virtual machine. */
  memory: string[];
  family: Family;
}

const CONNECT: Parts = { pom: join('deploy', 'connect', 'pom.xml'), called: 'Kafka Connect and its connectors' };
const LOGGING = join('deploy', 'local', 'log4j2.properties');

/** Fetches jars by Maven, where they are not there yet. @returns their folder */
export async function fetchMissing(wanted: Parts, say: (line: string) => void): Promise<string> {
  if (!partsAreThere(wanted)) {
    const java = findJava();
    checkMaven(java);
    say(`fetching ${wanted.called} by Maven`);
    await fetchParts(java, everyTenSeconds(say), wanted);
  }
  return resolve(partsFolder(wanted));
}

/** Starts a Kafka Connect worker of its own for some connectors, fetching it the first time. Its messages are JSON. */
export async function startConnect(o: ConnectOptions, say: (line: string) => void): Promise<Child> {
  const parts = await fetchMissing(CONNECT, say);
  mkdirSync(o.folder, { recursive: true });
  const worker = writeSettings(join(o.folder, 'worker.properties'), {
    'bootstrap.servers': o.kafkaBrokers,
    listeners: `http://127.0.0.1:${o.port}`,
    'plugin.path': resolve(o.plugins ?? join(parts, 'sources')),
    'plugin.discovery': 'service_load',
    'key.converter': 'org.apache.kafka.connect.json.JsonConverter',
    'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
    'offset.storage.file.filename': join(o.folder, 'offsets'),
    'config.providers': 'env',
    'config.providers.env.class': 'org.apache.kafka.common.config.provider.EnvVarConfigProvider',
    ...o.worker,
  });
  const connectors = o.connectors.map((one) =>
    typeof one === 'string'
      ? { name: basename(one, '.json'), file: one }
      : { name: one.name, file: writeSettings(join(o.folder, `${one.name}.properties`), one) },
  );
  const logging = `-Dlog4j2.configurationFile=${LOGGING}`;
  const main = 'org.apache.kafka.connect.cli.ConnectStandalone';
  const args = [...o.memory, logging, '-cp', join(parts, 'worker', '*'), main, worker, ...connectors.map(({ file }) => file)];
  const child = startChild({ name: 'connect', command: findJava().command, args, env: { ...process.env, ...o.env } }, o.family);
  await waitUntil(child, () => answersAt(`http://127.0.0.1:${o.port}/connectors`), 60);
  for (const { name } of connectors) await waitUntil(child, () => answersAt(`http://127.0.0.1:${o.port}/connectors/${name}/status`), 60);
  return child;
}

/** Passwords are among them. */
function writeSettings(file: string, settings: Record<string, string>): string {
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  writePrivate(file, lines.join(''));
  return file;
}
