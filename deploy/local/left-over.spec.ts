import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newFamily, startChild } from './child.js';
import { stopLeftOver } from './left-over.js';
import { processIdentity } from './process-identity.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'left-over-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const sleeper = (name: string) => ({ name, command: '/bin/sleep', args: ['60'] });

describe('Children left behind by a start that was killed at once', () => {
  it('are stopped before the next start', async () => {
    const family = newFamily(folder);
    const [kafka, query] = [startChild(sleeper('kafka'), family), startChild(sleeper('query'), family)];
    await expect(stopLeftOver(family.running)).resolves.toEqual(expect.arrayContaining(['kafka', 'query']));
    await Promise.all([kafka.ended, query.ended]);
    expect(processIdentity(kafka.pid)).toBeUndefined();
    expect(existsSync(family.running)).toBe(false);
  });

  it('are ended by force when they do not listen', async () => {
    const family = newFamily(folder);
    const deaf = startChild(
      { name: 'matcher', command: '/bin/sh', args: ['-c', 'trap "" TERM; echo deaf; sleep 60 & wait; sleep 60'] },
      family,
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    await stopLeftOver(family.running, 200);
    expect((await deaf.ended).signal).toBe('SIGKILL');
  });

  it('are left alone when their process id belongs to somebody else by now', async () => {
    const stranger = startChild(sleeper('stranger'), newFamily(join(folder, 'elsewhere')));
    const running = join(folder, 'running');
    mkdirSync(running);
    writeFileSync(join(running, 'query'), `${stranger.pid} TERM an-earlier-process\n`);
    await expect(stopLeftOver(running)).resolves.toEqual([]);
    expect(processIdentity(stranger.pid)).toBeDefined();
    await stranger.stop();
  });

  it('may be none at all', async () => {
    await expect(stopLeftOver(join(folder, 'running'))).resolves.toEqual([]);
  });
});
