import type { TestAddresses } from '../../deploy/local/test-servers.js';

export const ADDRESSES_VARIABLE = 'TEST_STACK_ADDRESSES';
export const RUN_VARIABLE = 'TEST_RUN';

export interface StackAddresses {
  kafkaBrokers: string;
  registryUrl: string;
  /** Of the directory. */
  issuerUrl: string;
  /** URL of a database on the test PostgreSQL. */
  postgresUrl(database: string): string;
}

/** Addresses of the one real stack of this test run; jest's global setup started it or found it running. */
export async function stack(): Promise<StackAddresses> {
  const { kafkaBrokers, registryUrl, issuerUrl, postgresUrl } = JSON.parse(process.env[ADDRESSES_VARIABLE] ?? 'null') as TestAddresses;
  return {
    kafkaBrokers,
    registryUrl,
    issuerUrl,
    postgresUrl: (database) => Object.assign(new URL(postgresUrl), { pathname: `/${database}` }).href,
  };
}
