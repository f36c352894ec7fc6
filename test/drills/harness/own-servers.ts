import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Child, newFamily } from '../../../deploy/local/child.js';
import { startKafka } from '../../../deploy/local/kafka.js';
import { fetchParts, partsAreThere, partsFolder } from '../../../deploy/local/parts.js';
import { freePorts } from '../../../deploy/local/ports.js';
import { startPostgres } from '../../../deploy/local/postgres.js';
import { reachableDataDir } from '../../../deploy/local/postgres-programs.js';
import { startServers } from '../../../deploy/local/servers.js';
import { startTestDirectory } from '../../../deploy/local/test-directory.js';
import { startWatchdog } from '../../../deploy/local/watchdog.js';
import { checkMaven, findJava } from '../../../deploy/prerequisites.js';
import type { TestAddresses } from '../../../deploy/local/test-servers.js';
import { eventually } from '../../support/eventually.js';
import { TcpProxy } from '../../support/tcp-proxy.js';

const PASSWORD = 'postgres';
const FLAGS = ['fsync=off', 'max_connections=200'];

/** Broker, database and registry that a drill may stop, kill and start again, with a proxy that is a second way to the broker. */
export class OwnServers {
  private constructor(
    readonly addresses: TestAddresses,
    /** Between those who connect to its port and the broker. */
    readonly wayToBroker: TcpProxy,
    private broker: Child,
    private database: Child,
    private readonly again: { broker(): Promise<Child>; database(): Promise<Child> },
    private readonly end: () => Promise<void>,
  ) {}

  static async start(folder: string): Promise<OwnServers> {
    const java = findJava();
    if (!partsAreThere()) {
      checkMaven(java);
      await fetchParts(java, () => undefined);
    }
    rmSync(folder, { recursive: true, force: true });
    const family = newFamily(resolve(folder));
    startWatchdog(family.running);
    const { dataDir } = reachableDataDir(resolve(folder, 'postgres'));
    rmSync(dataDir, { recursive: true, force: true });
    const [postgres, kafka, kafkaController, registry, registryManagement, second, directory] = (await freePorts(7)) as Seven;
    const wayToBroker = await TcpProxy.open({ targetPort: second });
    const kafkaByWayOf = { port: second, advertisedPort: wayToBroker.port };
    const ports = { postgres, kafka, kafkaController, registry, registryManagement, kafkaByWayOf };
    const parts = resolve(partsFolder());
    const given = { folder, postgresDataDir: dataDir, ports, postgresPassword: PASSWORD, postgresFlags: FLAGS, java, parts, family };
    const { kafkaBrokers, registryUrl, postgresUrl, stop } = await startServers(given);
    const member = (name: string) => family.members.find((child) => child.name === name)!;
    const again = {
      broker: () =>
        startKafka({
          dataDir: resolve(folder, 'kafka'),
          port: kafka,
          controllerPort: kafkaController,
          byWayOf: kafkaByWayOf,
          java,
          jars: join(parts, 'kafka'),
          family,
        }),
      database: () => startPostgres({ dataDir, port: postgres, password: PASSWORD, family, flags: FLAGS }),
    };
    const end = async () => {
      await stop();
      await wayToBroker.close();
      for (const data of [folder, dataDir]) rmSync(data, { recursive: true, force: true });
    };
    const addresses = {
      kafkaBrokers,
      registryUrl,
      postgresUrl: postgresUrl('postgres'),
      issuerUrl: await startTestDirectory(directory, family),
    };
    return new OwnServers(addresses, wayToBroker, member('kafka'), member('postgres'), again, end);
  }

  async stopBroker(): Promise<void> {
    await this.broker.stop(30_000);
  }

  async killBroker(): Promise<void> {
    this.broker.kill();
    await this.broker.ended;
  }

  async startBroker(): Promise<void> {
    this.broker = await this.again.broker();
  }

  /** `immediate`: PostgreSQL ends without finishing anything, and recovers from its log when started. `kill`: the same without its consent. */
  async endDatabase(how: 'immediate' | 'kill'): Promise<void> {
    process.kill(this.database.pid, how === 'kill' ? 'SIGKILL' : 'SIGQUIT');
    await this.database.ended;
  }

  /** After a kill, what PostgreSQL's own children held must be gone first. */
  async startDatabase(): Promise<void> {
    this.database = await eventually('PostgreSQL was up again', () => this.again.database(), { within: 60_000 });
  }

  async stop(): Promise<void> {
    await this.end();
  }
}

type Seven = [number, number, number, number, number, number, number];
