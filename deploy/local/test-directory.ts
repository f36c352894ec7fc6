import { startApp } from './apps.js';
import type { Family } from './child.js';
import { directoryUrl, machinesWith, OIDC } from './environment.js';

/** A machine client's secret in tests. */
export const testSecretOf = (client: string): string => `test-secret-of-${client}`;

/** What tests tell the directory and the index alike. */
export const TEST_OIDC = {
  ...OIDC,
  OIDC_CLIENT_SECRET: 'the secret of the index in tests',
  INGEST_CLIENT_SECRET: testSecretOf('pages'),
};

/** Starts the made-up authority's directory for tests. @returns its address */
export async function startTestDirectory(port: number, family: Family): Promise<string> {
  const issuer = directoryUrl(port);
  const env = {
    ...TEST_OIDC,
    NODE_ENV: 'test',
    HTTP_HOST: '127.0.0.1',
    LOG_LEVEL: 'warn',
    OIDC_ISSUER: issuer,
    DIRECTORY_MACHINES: machinesWith(testSecretOf),
  };
  await startApp('directory', env, { directory: port }, family);
  return issuer;
}
