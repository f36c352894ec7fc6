import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkMaven, findJava } from '../prerequisites.js';
import { type Child, type Family, startChild } from '../local/child.js';
import { fetchParts, type Parts, partsAreThere, partsFolder } from '../local/parts.js';
import { answersAt, waitUntil } from '../local/wait-until.js';

export interface ConnectOptions {
  /** For its settings and offsets. */
  folder: string;
  kafkaBrokers: string;
  /** Of its REST interface. */
  port: number;
  /** Settings of the worker, beside those it can't be without. */
  worker: Record<string, string>;
  connector: { name: string; [setting: string]: string };
  /** Of the Java virtual machine. */
  memory: string[];
  family: Family;
}

const CONNECT: Parts = { pom: join('deploy', 'connect', 'pom.xml'), called: 'Kafka Connect and its connectors' };
const LOGGING = join('deploy', 'local', 'log4j2.properties');

/** Starts a Kafka Connect worker of its own for one connector, fetching both the first time. Its messages are JSON with their schema. */
export async function startConnect(o: ConnectOptions, say: (line: string) => void): Promise<Child> {
  const java = findJava();
  if (!partsAreThere(CONNECT)) {
    checkMaven(java);
    say(`fetching ${CONNECT.called} by Maven`);
    await fetchParts(java, (file) => say(`  ${file}`), CONNECT);
  }
  const parts = resolve(partsFolder(CONNECT));
  mkdirSync(o.folder, { recursive: true });
  const worker = writeSettings(join(o.folder, 'worker.properties'), {
    'bootstrap.servers': o.kafkaBrokers,
    listeners: `http://127.0.0.1:${o.port}`,
    'plugin.path': join(parts, 'plugins'),
    'key.converter': 'org.apache.kafka.connect.json.JsonConverter',
    'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
    'offset.storage.file.filename': join(o.folder, 'offsets'),
    ...o.worker,
  });
  const connector = writeSettings(join(o.folder, 'connector.properties'), o.connector);
  const logging = `-Dlog4j2.configurationFile=${LOGGING}`;
  const main = 'org.apache.kafka.connect.cli.ConnectStandalone';
  const args = [...o.memory, logging, '-cp', join(parts, 'worker', '*'), main, worker, connector];
  const child = startChild({ name: 'connect', command: java.command, args }, o.family);
  await waitUntil(child, () => answersAt(`http://127.0.0.1:${o.port}/connectors/${o.connector.name}/status`), 60);
  return child;
}

function writeSettings(file: string, settings: Record<string, string>): string {
  writeFileSync(
    file,
    Object.entries(settings)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  return file;
}
