import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditLog, migrateAudit, readAudit } from '#lib/audit';
import { eventually } from '../../../../test/support/eventually.js';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { SpawnedApp } from '../../../../test/support/spawned-app.js';

let folder: string;
let env: Record<string, string>;
let log: AuditLog;
const started: SpawnedApp[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-'));
  env = {
    ENVIRONMENT_FILE: join(folder, 'none.json'),
    AUDIT_URL: await freshDatabase('audit'),
    AUDIT_CHECKPOINT_DIR: join(folder, 'pushed'),
    AUDIT_SIGNING_KEY: randomBytes(32).toString('base64'),
    AUDIT_LOG_NAME: 'test.example/audit',
  };
  await migrateAudit(env.AUDIT_URL!);
  log = await AuditLog.open({ url: env.AUDIT_URL! });
});
afterAll(async () => {
  for (const app of started) await app.stop();
  await log.close();
  await rm(folder, { recursive: true, force: true });
});

async function seal(more: Record<string, string> = {}): Promise<SpawnedApp> {
  const app = await SpawnedApp.start('ops', { ...env, ...more }, { args: ['seal', '--every', '0.2'] });
  started.push(app);
  return app;
}
const record = () => log.record([{ at: Date.now(), action: 'viewed-person', outcome: 'done', requestId: randomUUID() }]);
const isSealed = async () => (await readAudit(env.AUDIT_URL!, { last: 1 }))[0]!.index !== null;
const saidBy = async (app: SpawnedApp, path: string) => (await fetch(`${app.url}${path}`)).text();

describe('The process that seals', () => {
  it('seals what comes, says how it fares, stops in order, and is followed at once by one that stood by', async () => {
    const first = await seal();
    await record();
    await eventually('the entry is sealed', isSealed);
    await eventually('metrics', async () => /^audit_sealed_entries\{app="seal"\} 1$/m.test(await saidBy(first, '/metrics')));
    expect(await saidBy(first, '/metrics')).toMatch(/^audit_checkpoint_at_seconds\{app="seal"\} 1\d{9}/m);
    const second = await seal();
    await eventually('standing by', async () => (await saidBy(second, '/health/ready')).includes('another sealer is at work'));
    expect(await saidBy(second, '/metrics')).not.toMatch(/^audit_checkpoint_at_seconds\{/m);
    await first.kill();
    await record();
    await eventually('the entry is sealed by the other', isSealed);
    await record();
    await second.stop();
    expect(second.output).toContain('"msg":"stopped"');
    const third = await seal();
    await eventually('all is sealed', isSealed);
    await third.stop();
  });

  it('is not ready, and signs nothing, where the log does not continue what was pushed', async () => {
    const other = await SpawnedApp.start(
      'ops',
      { ...env, AUDIT_SIGNING_KEY: randomBytes(32).toString('base64') },
      { args: ['seal', '--every', '0.2'], awaited: false },
    );
    started.push(other);
    await eventually('refusing', async () => /^audit_seal_refused\{code="not-ours",app="seal"\} 1$/m.test(await saidBy(other, '/metrics')));
    expect((await fetch(`${other.url}/health/ready`)).status).toBe(503);
    await other.stop();
  });

  it('sends each checkpoint on where it is told to, and tries again until it is taken', async () => {
    const heard: string[] = [];
    let answer = 500;
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (text) => (body += String(text)));
      request.on('end', () => {
        heard.push(body);
        response.writeHead(answer).end();
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const port = (server.address() as AddressInfo).port;
    const app = await seal({ AUDIT_CHECKPOINT_URL: `http://127.0.0.1:${port}/checkpoints` });
    await record();
    await eventually('a checkpoint refused', async () => heard.length > 0);
    answer = 200;
    await record();
    const before = heard.length;
    await eventually('a checkpoint taken', async () => heard.length > before);
    expect(heard.at(-1)).toMatch(/^test\.example\/audit\n\d+\n\S+\n\n— test\.example\/audit \S+\n— test\.example\/audit \S+\n$/);
    await app.stop();
    server.close();
  });
});
