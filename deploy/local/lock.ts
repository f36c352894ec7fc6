import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SaidPlainly } from '../said-plainly.js';
import { processIdentity } from './process-identity.js';

interface Holder {
  pid: number;
  identity: string;
  startedAt: string;
  page: string;
  stopping?: boolean;
}

export interface Lock {
  /** Tells a start that comes now to wait: the folder is about to be free. */
  stopping(): void;
  release(): void;
}

/** A stack whose npm was killed at once needs a moment to notice. */
const NOTICES_WITHIN_MS = 1000;
const STOPS_WITHIN_MS = 60_000;

/**
 * Lets one stack at a time use a data folder. The lock of a process that is gone is taken over; one that is stopping is waited for.
 * @param page address of the search page, told to whoever starts a second one
 * @throws SaidPlainly when the stack already runs there
 */
export async function lockFolder(folder: string, page: string): Promise<Lock> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'lock');
  const mine: Holder = { pid: process.pid, identity: processIdentity(process.pid) ?? '', startedAt: new Date().toISOString(), page };
  // Written aside and then linked: whoever sees the lock sees all of it, and only one of two gets it.
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, JSON.stringify(mine));
  try {
    const from = Date.now();
    while (!linked(aside, file)) {
      const holder = readHolder(file);
      if (!holder || !isRunning(holder)) {
        rmSync(file, { force: true });
        continue;
      }
      const patience = holder.stopping ? STOPS_WITHIN_MS : NOTICES_WITHIN_MS;
      if (Date.now() - from > patience) throw new SaidPlainly(sentenceOf(holder, folder));
      await pause(50);
    }
  } finally {
    rmSync(aside, { force: true });
  }
  return {
    stopping: () => writeFileSync(file, JSON.stringify({ ...mine, stopping: true })),
    release: () => rmSync(file, { force: true }),
  };
}

function isRunning(holder: Holder): boolean {
  return Boolean(holder.identity) && processIdentity(holder.pid) === holder.identity;
}

function sentenceOf(holder: Holder, folder: string): string {
  return (
    `The stack already runs from ${folder} (process ${holder.pid}, since ${holder.startedAt}); its page is ${holder.page}. ` +
    `Stop it with Ctrl-C in its terminal or "kill ${holder.pid}", or start a second one with --data and --port-base.`
  );
}

function linked(aside: string, file: string): boolean {
  try {
    linkSync(aside, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}
