import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockFolder } from './lock.js';
import { processIdentity } from './process-identity.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const page = 'http://127.0.0.1:7400';
const isLetIn = async () => {
  await lockFolder(folder, page);
  expect(existsSync(join(folder, 'lock'))).toBe(true);
};
const lockOf = (holder: object) => writeFileSync(join(folder, 'lock'), JSON.stringify(holder));

describe('A second start beside the first', () => {
  it('is refused, saying where the first one runs and how to stop it, and leaves nothing behind', async () => {
    await lockFolder(folder, page);
    const refused = lockFolder(folder, page);
    await expect(refused).rejects.toThrow(`already runs from ${folder} (process ${process.pid}, since `);
    await expect(refused).rejects.toThrow(`"kill ${process.pid}"`);
    expect(readdirSync(folder)).toEqual(['lock']);
  });

  it('is let in when the first has ended', async () => {
    const first = await lockFolder(folder, page);
    first.release();
    await isLetIn();
  });

  it('waits for a first that is stopping', async () => {
    const first = await lockFolder(folder, page);
    first.stopping();
    let letIn = false;
    const second = lockFolder(folder, page).then(() => (letIn = true));
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(letIn).toBe(false);
    first.release();
    await second;
  });

  it('is let in when the first was killed at once', async () => {
    const gone = spawn('/bin/sleep', ['60']);
    const holder = { pid: gone.pid, identity: processIdentity(gone.pid ?? 0), startedAt: '2026-01-01T00:00:00Z', page };
    gone.kill('SIGKILL');
    await new Promise((resolve) => gone.once('exit', resolve));
    lockOf(holder);
    await isLetIn();
  });

  it('is let in when the process id of the first belongs to another process by now', async () => {
    lockOf({ pid: process.pid, identity: 'an earlier process', startedAt: '2026-01-01T00:00:00Z', page });
    await isLetIn();
  });

  it('is let in when the lock is unreadable', async () => {
    writeFileSync(join(folder, 'lock'), '{"pid": 4');
    await isLetIn();
  });
});
