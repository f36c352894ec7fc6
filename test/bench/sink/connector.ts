import type { ConnectOptions } from '../../../deploy/connect/start-connect.js';
import { FACT_TABLES } from './plain-table.js';

const MEGABYTE = 1024 * 1024;

/** As many rows in one statement as the projector takes events in one transaction. */
const BATCH = 2000;

/** The Debezium JDBC sink, tuned: whole arrays of rows in each statement, and a poll as large as a batch. */
export function tunedSink(name: string, databaseUrl: string, tasks: number): Pick<ConnectOptions, 'worker' | 'connectors' | 'memory'> {
  const { hostname, port, pathname, username, password } = new URL(databaseUrl);
  return {
    memory: ['-Xms512m', '-Xmx1g'],
    worker: {
      'consumer.max.poll.records': String(BATCH),
      'consumer.max.partition.fetch.bytes': String(16 * MEGABYTE),
      'consumer.fetch.max.bytes': String(64 * MEGABYTE),
    },
    connectors: [
      {
        name,
        'connector.class': 'io.debezium.connector.jdbc.JdbcSinkConnector',
        topics: FACT_TABLES.map((table) => table.name).join(','),
        'tasks.max': String(tasks),
        // Like the projector, it need not wait for the disk.
        'connection.url': `jdbc:postgresql://${hostname}:${port}${pathname}?options=-c%20synchronous_commit=off`,
        'connection.username': username,
        'connection.password': password,
        'insert.mode': 'upsert',
        'primary.key.mode': 'record_key',
        'schema.evolution': 'none',
        'batch.size': String(BATCH),
        'dialect.postgres.unnest.insert.enabled': 'true',
        // Without it, two states of one row in one batch are an error: PostgreSQL updates no row twice in one statement.
        'use.reduction.buffer': 'true',
      },
    ],
  };
}
