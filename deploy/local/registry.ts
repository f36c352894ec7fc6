import { join } from 'node:path';
import { type Child, type Family, startChild } from './child.js';
import type { Java } from '../prerequisites.js';
import { SUPERUSER } from './postgres.js';
import { answersAt, waitUntil } from './wait-until.js';

export interface RegistryOptions {
  port: number;
  managementPort: number;
  postgresPort: number;
  postgresPassword: string;
  database: string;
  java: Java;
  /** Folder with `quarkus-run.jar`. */
  home: string;
  family: Family;
}

/** The address our code uses. */
export function registryUrl(port: number): string {
  return `http://127.0.0.1:${port}/apis/ccompat/v7`;
}

/** Starts Apicurio Registry with PostgreSQL storage; its database must exist. */
export async function startRegistry(o: RegistryOptions): Promise<Child> {
  const child = startChild(
    {
      name: 'registry',
      command: o.java.command,
      args: ['-Xmx256m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-jar', join(o.home, 'quarkus-run.jar')],
      env: {
        ...process.env,
        QUARKUS_HTTP_HOST: '127.0.0.1',
        QUARKUS_HTTP_PORT: String(o.port),
        QUARKUS_MANAGEMENT_HOST: '127.0.0.1',
        QUARKUS_MANAGEMENT_PORT: String(o.managementPort),
        APICURIO_STORAGE_KIND: 'sql',
        APICURIO_STORAGE_SQL_KIND: 'postgresql',
        APICURIO_DATASOURCE_URL: `jdbc:postgresql://127.0.0.1:${o.postgresPort}/${o.database}`,
        APICURIO_DATASOURCE_USERNAME: SUPERUSER,
        APICURIO_DATASOURCE_PASSWORD: o.postgresPassword,
        // Left alone it opens twenty connections at once.
        APICURIO_DATASOURCE_JDBC_INITIAL_SIZE: '1',
        APICURIO_DATASOURCE_JDBC_MIN_SIZE: '1',
        APICURIO_DATASOURCE_JDBC_MAX_SIZE: '10',
      },
    },
    o.family,
  );
  await waitUntil(child, () => answersAt(`${registryUrl(o.port)}/config`), 90);
  return child;
}
