import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startSourceConnectors } from '../../deploy/connect/source-connectors.js';
import { type Child, newFamily } from '../../deploy/local/child.js';
import { freePorts } from '../../deploy/local/ports.js';
import { makeSourceDatabase, SOURCE_DATABASES, usersOf } from '../../deploy/local/source-databases.js';
import { startWatchdog } from '../../deploy/local/watchdog.js';
import { topicsOf } from '#lib/events';
import { connectKafka, ensureTopics, topicPlan } from '#lib/kafka';
import { eventually } from './eventually.js';
import { stack } from './stack.js';

/** Users are the server's own, and all tests share it. */
const passwords = Object.fromEntries(SOURCE_DATABASES.flatMap(usersOf).map((user) => [user, `password of ${user}`]));

/** The databases of two sources, as a data team finds them, with a Kafka Connect that captures what changes there. */
export class SourceSystems {
  private connect: Child | undefined;

  private constructor(
    private readonly start: () => Promise<Child>,
    private readonly folder: string,
    private readonly slots: readonly string[],
    readonly mosaic: Client,
    readonly synergy: Client,
  ) {}

  /** Makes databases and topics; nothing is captured yet. */
  static async make(env: Record<string, string>): Promise<SourceSystems> {
    const { kafkaBrokers, postgresUrl } = await stack();
    const prefix = env.TOPIC_PREFIX!;
    const kafka = connectKafka({ brokers: [kafkaBrokers], clientId: 'source-systems' });
    await ensureTopics(
      kafka,
      topicPlan(topicsOf(prefix), [...SOURCE_DATABASES], 4).filter(({ name }) => name.includes('cdc.')),
    );
    const sources = SOURCE_DATABASES.map((source) => ({
      source,
      database: `${prefix}${source}`,
      slot: `${prefix}${source}`.replaceAll(/\W/g, '_'),
      passwords,
    }));
    const clients = [];
    for (const { source, database } of sources) {
      const url = await makeSourceDatabase(postgresUrl('postgres'), source, passwords, database);
      const client = new Client({ connectionString: url });
      await client.connect();
      clients.push(client);
    }
    const folder = mkdtempSync(join(tmpdir(), 'connect-'));
    const family = newFamily(folder);
    startWatchdog(family.running);
    const [port] = await freePorts(1);
    const postgresPort = Number(new URL(postgresUrl('postgres')).port);
    const start = () =>
      startSourceConnectors({ folder, kafkaBrokers, topicPrefix: prefix, port: port!, postgresPort, sources, family }, (line) =>
        process.stderr.write(`${line}\n`),
      );
    const slots = sources.map(({ slot }) => slot);
    return new SourceSystems(start, folder, slots, clients[0]!, clients[1]!);
  }

  async startConnect(): Promise<void> {
    this.connect = await this.start();
  }

  /** Ends it at once, as a machine that fails does. */
  async killConnect(): Promise<void> {
    this.connect?.kill();
    await this.connect?.ended;
  }

  /** While nobody reads changes, the server lets go of where the reader was: as when its log would grow too large. */
  async loseSlots(): Promise<void> {
    for (const slot of this.slots)
      await eventually('the slot was free', () =>
        this.mosaic.query('SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = $1', [slot]),
      );
  }

  async stop(): Promise<void> {
    await this.connect?.stop();
    await this.loseSlots();
    await this.mosaic.end();
    await this.synergy.end();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
