import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTestServers, TEST_STACK_FILE } from './test-servers.js';

/** Keeps one test stack running for many test runs: `npm run test:stack`. The next `npm test` finds and uses it. */
const servers = await startTestServers(join('.cache', 'test-stack'), console.log);
mkdirSync('.cache', { recursive: true });
writeFileSync(TEST_STACK_FILE, `${JSON.stringify(servers.addresses, null, 2)}\n`);
console.log(`Test stack is up. ${TEST_STACK_FILE} holds its addresses; Ctrl-C stops it.`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    rmSync(TEST_STACK_FILE, { force: true });
    void servers.stop().then(() => process.exit(0));
  });
}
