import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../test/support/eventually.js';
import { type Child, type Family, newFamily, startChild } from './child.js';
import { stopInOrder } from './stop-in-order.js';
import { supervise } from './supervise.js';

let folder: string;
let family: Family;
let said: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'supervise-'));
  family = newFamily(folder);
  said = [];
});
afterEach(async () => {
  await stopInOrder(family);
  rmSync(folder, { recursive: true });
});

const start = (name: string, script: string): Child => startChild({ name, command: '/bin/sh', args: ['-c', script] }, family);
const say = (line: string) => said.push(line);

describe('A child that dies', () => {
  it('is told with its last log lines, and started again', async () => {
    start('projector', 'echo the disk is full; exit 4');
    let again = 0;
    const restart = { projector: async () => (again++, start('projector', 'sleep 60')) };
    void supervise({ family, restart, say });
    await eventually('the restart', async () => said.some((line) => line.includes('projector is back')));
    expect(again).toBe(1);
    expect(said[0]).toMatch(/projector ended \(exit code 4\).*the disk is full/s);
  });

  it('is told with the whole reason for which it ended, as an app of ours logs it', async () => {
    const err = { type: 'SourcesError', message: `The settings do not fit:\n  - ${'x'.repeat(300)} is called otherwise`, stack: 'at x' };
    start('ingest', `printf '%s\\n' '${JSON.stringify({ level: 'fatal', time: 'now', err })}'; exit 1`);
    void supervise({ family, restart: { ingest: async () => start('ingest', 'sleep 60') }, say });
    await eventually('the reason', async () => said.length > 0);
    expect(said[0]).toContain(err.message.split('\n')[1]);
    expect(said[0]).not.toContain('at x');
  });

  it('again and again stops everything', async () => {
    start('query', 'exit 1');
    const restart = { query: async () => start('query', 'exit 1') };
    await expect(supervise({ family, restart, say })).resolves.toBe('query ended 4 times within a minute');
  });

  it('stops everything when it does not come back', async () => {
    start('kafka', 'exit 3');
    const restart = { kafka: () => Promise.reject(new Error('its port is taken')) };
    await expect(supervise({ family, restart, say })).resolves.toBe('kafka did not come back: its port is taken');
  });

  it('leaves the rest running when it is the demo, or what writes made-up use, of which only a failure is told', async () => {
    start('demo', 'exit 1');
    const rehearsal = start('rehearsal', 'exit 0');
    void supervise({ family, restart: {}, say });
    await rehearsal.ended;
    await eventually('the notice', async () => said.some((line) => line.includes('Everything else keeps running; the demo')));
    expect(said.join()).not.toContain('rehearsal');
    start('rehearsal', 'exit 1');
    void supervise({ family, restart: {}, say });
    await eventually('the notice', async () => said.some((line) => line.includes('To try again: npm run ops -- audit rehearse')));
  });
});

describe('Stopping', () => {
  it('goes from those nothing depends on to those everything stands on', async () => {
    for (const name of ['postgres', 'kafka', 'registry', 'ingest', 'matcher', 'projector', 'query', 'demo']) start(name, 'exec sleep 60');
    const stopped: string[] = [];
    await stopInOrder(family, (name) => stopped.push(name));
    const at = (name: string) => stopped.indexOf(name);
    expect(stopped).toHaveLength(8);
    expect(at('demo')).toBe(0);
    expect(Math.max(at('query'), at('ingest'))).toBeLessThan(Math.min(at('projector'), at('matcher')));
    expect(Math.max(at('projector'), at('matcher'))).toBeLessThan(Math.min(at('kafka'), at('registry')));
    expect(at('postgres')).toBe(7);
  });
});
