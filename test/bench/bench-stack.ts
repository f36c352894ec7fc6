import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { startTestServers } from '../../deploy/local/test-servers.js';
import { appEnv } from '../support/app-env.js';
import { ADDRESSES_VARIABLE, RUN_VARIABLE } from '../support/stack.js';

export interface BenchStack {
  env: Record<string, string>;
  stop(): Promise<void>;
}

/** As `deploy/compose.yaml` runs it: PostgreSQL's own defaults are for the smallest of machines. */
const POSTGRES_FLAGS = ['max_connections=400', 'shared_buffers=1GB', 'max_wal_size=4GB'];

/** A stack of its own, so that nothing else disturbs; what is durable has reached PostgreSQL's disk. */
export async function startBenchStack(): Promise<BenchStack> {
  const servers = await startTestServers(join('.cache', `bench-stack-${process.pid}`), console.log, POSTGRES_FLAGS);
  process.env[ADDRESSES_VARIABLE] = JSON.stringify(servers.addresses);
  process.env[RUN_VARIABLE] = `b${randomBytes(4).toString('hex')}`;
  try {
    return { env: await appEnv({ NODE_ENV: 'development', FRESHNESS_KEPT_MS: '250' }), stop: servers.stop };
  } catch (error) {
    await servers.stop();
    throw error;
  }
}
