import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readAudit } from '#lib/audit';
import { eventually } from '../../../../test/support/eventually.js';
import { OwnAudit, signingKey } from '../../../../test/support/own-audit.js';
import { SpawnedApp } from '../../../../test/support/spawned-app.js';

let audit: OwnAudit;
const started: SpawnedApp[] = [];
beforeAll(async () => {
  audit = await OwnAudit.open();
});
afterAll(async () => {
  for (const app of started) await app.stop();
  await audit?.close();
});

async function seal(more: Record<string, string> = {}): Promise<SpawnedApp> {
  const app = await SpawnedApp.start('ops', { ...audit.env, ...more }, { args: ['seal', '--every', '0.2'] });
  started.push(app);
  return app;
}
const isSealed = async () => (await readAudit(audit.url, { last: 1 }))[0]!.index !== null;
const saidBy = async (app: SpawnedApp, path: string) => (await fetch(`${app.url}${path}`)).text();

describe('The process that seals', () => {
  it('seals what comes, says how it fares, stops in order, and is followed at once by one that stood by', async () => {
    const first = await seal();
    await audit.record();
    await eventually('the entry is sealed', isSealed);
    await eventually('metrics', async () => /^audit_sealed_entries\{app="seal"\} 1$/m.test(await saidBy(first, '/metrics')));
    expect(await saidBy(first, '/metrics')).toMatch(/^audit_checkpoint_at_seconds\{app="seal"\} 1\d{9}/m);
    const second = await seal();
    await eventually('standing by', async () => (await saidBy(second, '/health/ready')).includes('another sealer is at work'));
    expect(await saidBy(second, '/metrics')).not.toMatch(/^audit_checkpoint_at_seconds\{/m);
    await first.kill();
    await audit.record();
    await eventually('the entry is sealed by the other', isSealed);
    await audit.record();
    await second.stop();
    expect(second.output).toContain('"msg":"stopped"');
    const third = await seal();
    await eventually('all is sealed', isSealed);
    await third.stop();
  });

  it('is not ready, and signs nothing, where the log does not continue what was pushed', async () => {
    const other = await SpawnedApp.start(
      'ops',
      { ...audit.env, AUDIT_SIGNING_KEY: signingKey() },
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
    await audit.record();
    await eventually('a checkpoint refused', async () => heard.length > 0);
    answer = 200;
    await audit.record();
    const before = heard.length;
    await eventually('a checkpoint taken', async () => heard.length > before);
    expect(heard.at(-1)).toMatch(/^test\.example\/audit\n\d+\n\S+\n\n— test\.example\/audit \S+\n— test\.example\/audit \S+\n$/);
    await app.stop();
    server.close();
  });
});
