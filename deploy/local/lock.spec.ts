import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
const lockOf = (holder: object) => writeFileSync(join(folder, 'lock'), JSON.stringify(holder));

describe('A second start beside the first', () => {
  it('is refused, saying where the first one runs and how to stop it', () => {
    lockFolder(folder, page);
    expect(() => lockFolder(folder, page)).toThrow(`already runs from ${folder} (process ${process.pid}, since `);
    expect(() => lockFolder(folder, page)).toThrow(`"kill ${process.pid}"`);
  });

  it('is let in when the first has ended', () => {
    lockFolder(folder, page)();
    expect(existsSync(join(folder, 'lock'))).toBe(false);
    expect(() => lockFolder(folder, page)).not.toThrow();
  });

  it('is let in when the first was killed at once', async () => {
    const gone = spawn('true');
    const pid = gone.pid ?? 0;
    const identity = processIdentity(pid);
    await new Promise((resolve) => gone.once('exit', resolve));
    lockOf({ pid, identity, startedAt: '2026-01-01T00:00:00Z', page });
    expect(() => lockFolder(folder, page)).not.toThrow();
  });

  it('is let in when the process id of the first belongs to another process by now', () => {
    lockOf({ pid: process.pid, identity: 'an earlier process', startedAt: '2026-01-01T00:00:00Z', page });
    expect(() => lockFolder(folder, page)).not.toThrow();
  });

  it('is let in when the lock is unreadable', () => {
    writeFileSync(join(folder, 'lock'), '{"pid": 4');
    expect(() => lockFolder(folder, page)).not.toThrow();
  });

  it('leaves nothing beside the lock', () => {
    const unlock = lockFolder(folder, page);
    expect(() => lockFolder(folder, page)).toThrow('already runs');
    expect(existsSync(join(folder, `lock.${process.pid}`))).toBe(false);
    unlock();
  });
});
