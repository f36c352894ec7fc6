import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaidPlainly } from '../said-plainly.js';
import { processIdentity } from './process-identity.js';

interface Holder {
  pid: number;
  identity: string;
  startedAt: string;
  page: string;
}

/**
 * Lets one stack at a time use a data folder. The lock of a process that is gone is taken over.
 * @param page address of the search page, told to whoever starts a second one
 * @returns gives the lock back
 * @throws SaidPlainly when the stack already runs there
 */
export function lockFolder(folder: string, page: string): () => void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'lock');
  const mine: Holder = { pid: process.pid, identity: processIdentity(process.pid) ?? '', startedAt: new Date().toISOString(), page };
  // Written aside and then linked: whoever sees the lock sees all of it, and only one of two gets it.
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, JSON.stringify(mine));
  try {
    while (!linked(aside, file)) {
      const holder = readHolder(file);
      if (holder?.identity && processIdentity(holder.pid) === holder.identity) throw new SaidPlainly(sentenceOf(holder, folder));
      rmSync(file, { force: true });
    }
  } finally {
    rmSync(aside, { force: true });
  }
  return () => {
    if (readHolder(file)?.pid === process.pid) rmSync(file, { force: true });
  };
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
