import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTestServers, TEST_STACK_FILE, type TestAddresses } from '../../deploy/local/test-servers.js';
import { answersAt } from '../../deploy/local/wait-until.js';
import { ADDRESSES_VARIABLE, RUN_VARIABLE } from './stack.js';

declare global {
  var stopTestStack: (() => Promise<void>) | undefined;
}

/** Finds the test stack that is running, or starts one for this run; `TEST_STACK=containers` takes containers instead. */
export default async function startStackOnce(): Promise<void> {
  process.env[RUN_VARIABLE] = `t${randomBytes(4).toString('hex')}`;
  const running = await runningStack();
  if (running) {
    process.env[ADDRESSES_VARIABLE] = JSON.stringify(running);
    return;
  }
  const started = await startOwnStack();
  process.env[ADDRESSES_VARIABLE] = JSON.stringify(started.addresses);
  globalThis.stopTestStack = started.stop;
}

async function startOwnStack(): Promise<{ addresses: TestAddresses; stop(): Promise<void> }> {
  if (process.env.TEST_STACK === 'containers') return (await import('./containers.js')).startContainers();
  return startTestServers(join('.cache', `test-stack-${process.pid}`), (line) => process.stderr.write(`${line}\n`));
}

async function runningStack(): Promise<TestAddresses | undefined> {
  if (process.env.TEST_STACK === 'containers' || !existsSync(TEST_STACK_FILE)) return undefined;
  const addresses = JSON.parse(readFileSync(TEST_STACK_FILE, 'utf8')) as TestAddresses;
  const answering = await Promise.all([answersAt(`${addresses.registryUrl}/config`), answersAt(`${addresses.issuerUrl}/health/ready`)]);
  return answering.every(Boolean) ? addresses : undefined;
}
