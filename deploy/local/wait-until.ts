import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type Child, lastLines } from './child.js';
import { SaidPlainly } from '../said-plainly.js';

const BETWEEN_LOOKS_MS = 100;

/** Looks until `ready` says so; a child that ends meanwhile, or takes too long, is told with its last log lines. */
export async function waitUntil(child: Child, ready: () => Promise<boolean>, withinSeconds: number): Promise<void> {
  let end: string | undefined;
  void child.ended.then(({ code, signal }) => (end = `ended (${signal ?? `exit code ${code}`})`));
  const deadline = Date.now() + withinSeconds * 1000;
  while (!(await ready())) {
    if (Date.now() > deadline) end = `did not answer within ${withinSeconds} s`;
    if (end)
      throw new SaidPlainly([`${child.name} ${end}. Its log (${child.logFile}) ends with:`, ...lastLines(child.logFile, 12)].join('\n  '));
    await pause(BETWEEN_LOOKS_MS);
  }
}

/** Does something listen there? */
export function answersOn(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 1000 });
    const settle = (answers: boolean) => {
      socket.destroy();
      resolve(answers);
    };
    socket
      .once('connect', () => settle(true))
      .once('error', () => settle(false))
      .once('timeout', () => settle(false));
  });
}

/** Does this address answer with a status below 400? */
export async function answersAt(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}
