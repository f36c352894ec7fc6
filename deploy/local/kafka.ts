import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Child, type Family, startChild } from './child.js';
import type { Java } from '../prerequisites.js';
import { SaidPlainly } from '../said-plainly.js';
import { answersOn, waitUntil } from './wait-until.js';

export interface KafkaOptions {
  /** Where the log lives; made where it is missing. */
  dataDir: string;
  port: number;
  controllerPort: number;
  /** A second way in, whose clients are told to come by another port: for a proxy between them and the broker. */
  byWayOf?: { port: number; advertisedPort: number };
  java: Java;
  /** Folder with the broker's jars. */
  jars: string;
  family: Family;
}

const LOGGING = join('deploy', 'local', 'log4j2.properties');

/** Starts one broker that is its own controller, formatting its data folder the first time. */
export async function startKafka(o: KafkaOptions): Promise<Child> {
  if (!existsSync(o.dataDir)) format(o);
  const properties = writeProperties(o, o.dataDir);
  const child = startChild(
    {
      name: 'kafka',
      command: o.java.command,
      args: [
        '-Xms256m',
        '-Xmx512m',
        // The quick compiler alone: half the work until it answers (2.3 against 4.6 s of one core), and a broker mostly copies bytes.
        '-XX:TieredStopAtLevel=1',
        '-XX:+UseSerialGC',
        `-Dlog4j2.configurationFile=${LOGGING}`,
        '-cp',
        join(o.jars, '*'),
        'kafka.Kafka',
        properties,
      ],
    },
    o.family,
  );
  await waitUntil(child, () => answersOn(o.port), 60);
  return child;
}

/** Formatted beside its place and then renamed: a folder under its own name is never half made. */
function format(o: KafkaOptions): void {
  const halfMade = `${o.dataDir}.new`;
  rmSync(halfMade, { recursive: true, force: true });
  mkdirSync(halfMade, { recursive: true });
  const properties = writeProperties(o, halfMade);
  const id = `A${randomBytes(16).toString('base64url').slice(1, 22)}`;
  const args = ['-XX:TieredStopAtLevel=1', `-Dlog4j2.configurationFile=${LOGGING}`, '-cp', join(o.jars, '*')];
  const made = spawnSync(o.java.command, [...args, 'kafka.tools.StorageTool', 'format', '-t', id, '-c', properties], { encoding: 'utf8' });
  if (made.status !== 0)
    throw new SaidPlainly(`Kafka could not format its data folder ${o.dataDir}: ${made.error?.message ?? made.stdout + made.stderr}`);
  rmSync(properties);
  renameSync(halfMade, o.dataDir);
}

function writeProperties(o: KafkaOptions, dataDir: string): string {
  const file = `${dataDir}.properties`;
  const lines = [
    'process.roles=broker,controller',
    'node.id=1',
    `listeners=PLAINTEXT://127.0.0.1:${o.port},CONTROLLER://127.0.0.1:${o.controllerPort}${also(o.byWayOf?.port)}`,
    `advertised.listeners=PLAINTEXT://127.0.0.1:${o.port}${also(o.byWayOf?.advertisedPort)}`,
    'inter.broker.listener.name=PLAINTEXT',
    'controller.listener.names=CONTROLLER',
    'listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,BY_WAY:PLAINTEXT',
    `controller.quorum.voters=1@127.0.0.1:${o.controllerPort}`,
    `log.dirs=${dataDir}`,
    'auto.create.topics.enable=false',
    'group.initial.rebalance.delay.ms=0',
    'offsets.topic.num.partitions=1',
    'offsets.topic.replication.factor=1',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
    'share.coordinator.state.topic.replication.factor=1',
    'share.coordinator.state.topic.min.isr=1',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

const also = (port: number | undefined) => (port === undefined ? '' : `,BY_WAY://127.0.0.1:${port}`);
