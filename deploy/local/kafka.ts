import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Child, type Family, startChild } from './child.js';
import type { Java } from '../prerequisites.js';
import { SaidPlainly } from '../said-plainly.js';
import { type KafkaUsers, loginOfAdmin, propertiesOfUsers, usersToFormat } from './kafka-users.js';
import { writePrivate } from './secrets.js';
import { answersOn, waitUntil } from './wait-until.js';

export interface KafkaOptions {
  /** Where the log lives; made where it is missing. */
  dataDir: string;
  /** Where everybody who can reach it comes in; left out: nobody does without a name. */
  port?: number;
  /** Where clients come in by name and password, each with its own rights. */
  users?: KafkaUsers;
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
  if (o.users && knownUsers(o.dataDir).length === 0)
    throw new SaidPlainly(`The data in ${o.dataDir} is from before Kafka had users. Start with --fresh: everything is made again.`);
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
  await waitUntil(child, () => answersOn((o.users?.port ?? o.port)!), 60);
  if (o.users) await addMissingUsers(o, o.users);
  return child;
}

/** Formatted beside its place and then renamed: a folder under its own name is never half made. */
function format(o: KafkaOptions): void {
  const halfMade = `${o.dataDir}.new`;
  rmSync(halfMade, { recursive: true, force: true });
  mkdirSync(halfMade, { recursive: true });
  const properties = writeProperties(o, halfMade);
  const id = `A${randomBytes(16).toString('base64url').slice(1, 22)}`;
  const users = o.users ? usersToFormat(o.users) : [];
  run(o, `format its data folder ${o.dataDir}`, ['kafka.tools.StorageTool', 'format', '-t', id, '-c', properties, ...users]);
  rmSync(properties);
  if (o.users) keepKnownUsers(o.dataDir, Object.keys(o.users.passwords));
  renameSync(halfMade, o.dataDir);
}

function writeProperties(o: KafkaOptions, dataDir: string): string {
  const file = `${dataDir}.properties`;
  const clients = { PLAINTEXT: o.port, USERS: o.users?.port };
  const lines = [
    'process.roles=broker,controller',
    'node.id=1',
    `listeners=${at({ ...clients, CONTROLLER: o.controllerPort, BY_WAY: o.byWayOf?.port })}`,
    `advertised.listeners=${at({ ...clients, BY_WAY: o.byWayOf?.advertisedPort })}`,
    `inter.broker.listener.name=${o.port === undefined ? 'USERS' : 'PLAINTEXT'}`,
    'controller.listener.names=CONTROLLER',
    `listener.security.protocol.map=PLAINTEXT:PLAINTEXT,BY_WAY:PLAINTEXT,USERS:SASL_PLAINTEXT,CONTROLLER:${o.users ? 'SASL_PLAINTEXT' : 'PLAINTEXT'}`,
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
    ...(o.users ? propertiesOfUsers(o.users, o.port !== undefined) : []),
  ];
  writePrivate(file, `${lines.join('\n')}\n`);
  return file;
}

const at = (listeners: Record<string, number | undefined>) =>
  Object.entries(listeners)
    .filter(([, port]) => port !== undefined)
    .map(([name, port]) => `${name}://127.0.0.1:${port}`)
    .join();

/** Users that came later than the data folder, such as a new source's. */
async function addMissingUsers(o: KafkaOptions, users: KafkaUsers): Promise<void> {
  const known = knownUsers(o.dataDir);
  const missing = Object.keys(users.passwords).filter((name) => !known.includes(name));
  if (missing.length === 0) return;
  const login = `${o.dataDir}.admin.properties`;
  writePrivate(login, loginOfAdmin(users).join('\n'));
  for (const name of missing)
    run(o, `add the user ${name}`, [
      'kafka.admin.ConfigCommand',
      '--bootstrap-server',
      `127.0.0.1:${users.port}`,
      '--command-config',
      login,
      '--alter',
      '--entity-type',
      'users',
      '--entity-name',
      name,
      '--add-config',
      `SCRAM-SHA-512=[password=${users.passwords[name]!}]`,
    ]);
  rmSync(login);
  keepKnownUsers(o.dataDir, [...known, ...missing]);
}

/** One of Kafka's own tools, until it is done. @throws SaidPlainly */
function run(o: KafkaOptions, what: string, command: string[]): void {
  const args = ['-XX:TieredStopAtLevel=1', `-Dlog4j2.configurationFile=${LOGGING}`, '-cp', join(o.jars, '*'), ...command];
  const done = spawnSync(o.java.command, args, { encoding: 'utf8' });
  if (done.status === 0) return;
  const said = done.error?.message ?? done.stdout + done.stderr;
  throw new SaidPlainly(`Kafka could not ${what}: ${said.replaceAll(/password="?[^\s"\]]+/g, 'password=…')}`);
}

const usersFile = (dataDir: string) => `${dataDir}.users.json`;
const knownUsers = (dataDir: string): string[] =>
  existsSync(usersFile(dataDir)) ? (JSON.parse(readFileSync(usersFile(dataDir), 'utf8')) as string[]) : [];
const keepKnownUsers = (dataDir: string, names: string[]) => writeFileSync(usersFile(dataDir), JSON.stringify(names));
