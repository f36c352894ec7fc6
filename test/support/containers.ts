import { resolve } from 'node:path';
import { GenericContainer, Network, Wait } from 'testcontainers';
import { newFamily } from '../../deploy/local/child.js';
import { createDatabases } from '../../deploy/local/postgres.js';
import { freePorts } from '../../deploy/local/ports.js';
import { startTestDirectory } from '../../deploy/local/test-directory.js';
import type { TestAddresses } from '../../deploy/local/test-servers.js';

const POSTGRES = 'postgres:18';
const KAFKA = 'apache/kafka:4.3.1';
const REGISTRY = 'apicurio/apicurio-registry:3.3.3';
const PASSWORD = 'postgres';

/** The same three servers as containers: `TEST_STACK=containers`, where a container engine exists. */
export async function startContainers(): Promise<{ addresses: TestAddresses; stop(): Promise<void> }> {
  const network = await new Network().start();
  const [postgres, kafka] = await Promise.all([
    new GenericContainer(POSTGRES)
      .withNetwork(network)
      .withNetworkAliases('postgres')
      .withEnvironment({ POSTGRES_PASSWORD: PASSWORD })
      .withCommand(['postgres', '-c', 'wal_level=logical', '-c', 'fsync=off', '-c', 'max_connections=400'])
      .withExposedPorts(5432)
      // The image starts the server twice: once to make the database, then for good.
      .withWaitStrategy(Wait.forLogMessage(/database system is ready to accept connections/, 2))
      .start(),
    startKafka(),
  ]);
  const postgresUrl = `postgres://postgres:${PASSWORD}@${postgres.getHost()}:${postgres.getMappedPort(5432)}/postgres`;
  await createDatabases(postgresUrl, ['registry']);
  const registry = await new GenericContainer(REGISTRY)
    .withNetwork(network)
    .withEnvironment({
      APICURIO_STORAGE_KIND: 'sql',
      APICURIO_STORAGE_SQL_KIND: 'postgresql',
      APICURIO_DATASOURCE_URL: 'jdbc:postgresql://postgres:5432/registry',
      APICURIO_DATASOURCE_USERNAME: 'postgres',
      APICURIO_DATASOURCE_PASSWORD: PASSWORD,
    })
    .withExposedPorts(8080)
    .withWaitStrategy(Wait.forHttp('/apis/ccompat/v7/config', 8080))
    .start();
  // It is a process of our own code, beside the containers.
  const family = newFamily(resolve('.cache', `test-directory-${process.pid}`));
  const [port = 0] = await freePorts(1);
  const issuerUrl = await startTestDirectory(port, family);
  return {
    addresses: {
      issuerUrl,
      kafkaBrokers: kafka.brokers,
      registryUrl: `http://${registry.getHost()}:${registry.getMappedPort(8080)}/apis/ccompat/v7`,
      postgresUrl,
    },
    async stop() {
      await Promise.all(family.members.map((child) => child.stop()));
      await Promise.all([registry.stop(), kafka.container.stop()]);
      await postgres.stop();
      await network.stop();
    },
  };
}

/** The broker tells its clients where to find it, so its port is chosen before it starts. */
async function startKafka() {
  const [port = 0] = await freePorts(1);
  const container = await new GenericContainer(KAFKA)
    .withExposedPorts({ container: 9092, host: port })
    .withEnvironment({
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_LISTENERS: 'PLAINTEXT://0.0.0.0:9092,CONTROLLER://127.0.0.1:9093',
      KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${port}`,
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@127.0.0.1:9093',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
      KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS: '1',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
      KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR: '1',
    })
    .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
    .start();
  return { container, brokers: `127.0.0.1:${port}` };
}
