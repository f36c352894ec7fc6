import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientCredentials } from '#lib/publisher';
import { answersOn } from '../deploy/local/wait-until.js';
import { portsFrom } from '../deploy/local/ports.js';
import { eventually } from './support/eventually.js';

/** `npm start` without the demo, on ports and data of its own. It runs what the last build compiled. */
class Start {
  output = '';
  readonly ended: Promise<number | null>;
  private readonly process: ChildProcess;

  constructor(data: string, portBase: number) {
    const args = [join('deploy', 'start.js'), '--no-demo', '--data', data, '--port-base', String(portBase)];
    this.process = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.process.stdout, this.process.stderr]) stream?.on('data', (text) => (this.output += String(text)));
    this.ended = new Promise((resolve) => this.process.once('exit', resolve));
  }

  async isUp(): Promise<void> {
    let over = false;
    void this.ended.finally(() => (over = true));
    const isUp = () => this.output.includes('everything is up');
    await eventually('the start', async () => isUp() || over, { within: 120_000 });
    if (!isUp()) throw new Error(`it ended with ${await this.ended}:\n${this.output}`);
  }

  interrupt(): void {
    this.process.kill('SIGINT');
  }

  kill(): void {
    this.process.kill('SIGKILL');
  }
}

let data: string;
let base: number;
let start: Start;
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'involvement-index-start-'));
  // Started by root, PostgreSQL runs as another user, who must get there.
  chmodSync(data, 0o755);
  // Below the range from which the system gives out ports to clients.
  base = 20_000 + 16 * Math.floor(Math.random() * 750);
});
afterAll(async () => {
  start.interrupt();
  await start.ended;
  rmSync(data, { recursive: true, force: true });
});

/** Publishes the same event each time. */
async function publish(): Promise<{ status: string; eventId: string; partition: number; offset: number }> {
  const ports = portsFrom(base);
  const secret = readFileSync(join(data, 'clients', 'mosaic'), 'utf8');
  const token = clientCredentials({ issuer: `http://127.0.0.1:${ports.directory}`, client: 'mosaic', secret, scope: 'ingest:mosaic' });
  const answer = await fetch(`http://127.0.0.1:${ports.ingest}/v1/sources/mosaic/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await token()}` },
    body: JSON.stringify({
      type: 'PersonRecorded',
      recordId: 'M-1',
      sourceVersion: { epoch: 1, position: 1 },
      occurredAt: '2026-01-01T00:00:00Z',
      names: [{ family: 'Example', given: ['Alex'] }],
    }),
  });
  const { results } = (await answer.json()) as { results: Awaited<ReturnType<typeof publish>>[] };
  return results[0]!;
}

describe('npm start', () => {
  let first: Awaited<ReturnType<typeof publish>>;

  it('brings everything up and tells where it is and who to sign in as', async () => {
    start = new Start(data, base);
    await start.isUp();
    expect((await fetch(`http://127.0.0.1:${base}/`)).status).toBe(200);
    expect(start.output).toContain(`http://127.0.0.1:${base}`);
    expect(start.output).toContain('amara.okafor');
    expect(start.output).toContain('npm run ops -- audit rehearse');
    first = await publish();
    expect(first.status).toBe('accepted');
  });

  it('refuses a second start beside the first, with one clear sentence', async () => {
    const second = new Start(data, base + 100);
    expect(await second.ended).toBe(1);
    expect(second.output).toMatch(/✗ The stack already runs from .* \(process \d+, since .*\); its page is http:.*Stop it with Ctrl-C/);
  });

  it('answers with the desks’ numbers while its query service is gone, and with its pages once that is back', async () => {
    const page = () => fetch(`http://127.0.0.1:${base}/sign-in`);
    const [pid] = readFileSync(join(data, 'running', 'query'), 'utf8').split(' ');
    process.kill(Number(pid), 'SIGKILL');
    await eventually('the page of the desks', async () => {
      const answer = await page();
      return answer.status === 503 && (await answer.text()).includes('Whom to ring');
    });
    await eventually('the pages again', async () => (await page()).status === 200, { within: 60_000 });
  });

  it('goes on after its parent was killed at once: nothing is in the way, and everything is still there', async () => {
    start.kill();
    await start.ended;
    const { pid } = JSON.parse(readFileSync(join(data, 'lock'), 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
    start = new Start(data, base);
    await start.isUp();
    const again = await publish();
    expect(again.eventId).toBe(first.eventId);
    expect(again.partition).toBe(first.partition);
    expect(again.offset).toBeGreaterThan(first.offset);
  });

  it('stops every child in order, PostgreSQL last, and leaves nothing running', async () => {
    start.interrupt();
    expect(await start.ended).toBe(0);
    expect(start.output.trim().split('\n').at(-1)).toContain('stopped postgres');
    const answering = await Promise.all(Object.values(portsFrom(base)).map((port) => answersOn(port)));
    expect(answering).not.toContain(true);
  });
});
