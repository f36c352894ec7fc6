import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { processIdentity } from './process-identity.js';

interface Recorded {
  name: string;
  pid: number;
  signal: NodeJS.Signals;
  identity: string;
}

/** In this order: who writes before whom is written to. */
const LAST = ['registry', 'kafka', 'postgres'];

/**
 * Stops children an earlier run left behind because it was killed at once. A recorded process id that belongs to another
 * process by now is left alone.
 * @returns names of those that still ran
 */
export async function stopLeftOver(running: string, deadlineMs = 15_000): Promise<string[]> {
  const left = recorded(running).filter(isAlive);
  const groups = [left.filter(({ name }) => !LAST.includes(name)), ...LAST.map((last) => left.filter(({ name }) => name === last))];
  for (const group of groups) await Promise.all(group.map((one) => end(one, deadlineMs)));
  rmSync(running, { recursive: true, force: true });
  return left.map(({ name }) => name);
}

async function end(one: Recorded, deadlineMs: number): Promise<void> {
  signal(one, one.signal);
  const deadline = Date.now() + deadlineMs;
  while (isAlive(one)) {
    if (Date.now() > deadline) signal(one, 'SIGKILL');
    await pause(50);
  }
}

function signal(one: Recorded, signal: NodeJS.Signals): void {
  try {
    process.kill(one.pid, signal);
  } catch {
    // Ended in between.
  }
}

function isAlive(one: Recorded): boolean {
  return one.identity !== '' && processIdentity(one.pid) === one.identity;
}

function recorded(running: string): Recorded[] {
  const names = existsSync(running) ? readdirSync(running) : [];
  return names.map((name) => {
    const [pid, signal, identity = ''] = readFileSync(join(running, name), 'utf8').trim().split(' ');
    return { name, pid: Number(pid), signal: `SIG${signal}` as NodeJS.Signals, identity };
  });
}
