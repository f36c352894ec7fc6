import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const LOOK_EVERY_MS = 300;

/**
 * npm runs us through a shell, and neither tells us when npm is killed at once: we would run on without it, and be in the way of the
 * next start.
 * @param {() => void} stop
 */
export function whenNpmIsGone(stop) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const { command, parent: grandparent } = look(parent);
  const throughShell = command.endsWith('sh');
  const timer = setInterval(() => {
    if (process.ppid === parent && (!throughShell || look(parent).parent === grandparent)) return;
    clearInterval(timer);
    stop();
  }, LOOK_EVERY_MS);
  timer.unref();
}

/**
 * @param {number} pid
 * @returns {{ command: string, parent: number }}
 */
function look(pid) {
  try {
    // proc(5): pid (command) state parent …
    const [, command = '', parent] = /^\d+ \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return { command, parent: Number(parent) };
  } catch {
    return lookByPs(pid);
  }
}

/** @param {number} pid */
function lookByPs(pid) {
  try {
    const [parent, command = ''] = execFileSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .split(/\s+/);
    return { command, parent: Number(parent) };
  } catch {
    return { command: '', parent: 0 };
  }
}
