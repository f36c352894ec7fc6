import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processIdentity } from './process-identity.js';

/** All children of one stack. */
export interface Family {
  /** Folder of their logs. */
  logs: string;
  /** Folder where their process ids are kept for the next start. */
  running: string;
  /** In the order of their start. */
  members: Child[];
}

export function newFamily(folder: string): Family {
  return { logs: join(folder, 'logs'), running: join(folder, 'running'), members: [] };
}

export interface ChildSpec {
  name: string;
  command: string;
  args: string[];
  env?: Record<string, string | undefined>;
  cwd?: string;
  user?: { uid: number; gid: number };
  /** What asks it to stop: SIGINT for PostgreSQL (its fast shutdown), SIGTERM for the rest. */
  stopSignal?: 'SIGTERM' | 'SIGINT';
  /** An app of ours: it stops by itself when its standard input closes. */
  stopsWithParent?: boolean;
  /** Its lines go to this terminal, not into a log file. */
  onTerminal?: boolean;
}

export interface Child {
  name: string;
  pid: number;
  logFile: string;
  /** Settles when the process has ended; `asked` tells whether we had asked for it. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; asked: boolean }>;
  /** Asks it to stop and ends it by force after the deadline. */
  stop(deadlineMs?: number): Promise<void>;
  hasEnded(): boolean;
  /** Ends it at once. */
  kill(): void;
}

const LARGEST_LOG = 20_000_000;

/**
 * Starts a child in a session of its own (Ctrl-C in the terminal reaches the parent alone, which stops its children in order),
 * its output in `<logs>/<name>.log` and its process id in `<running>/<name>`.
 */
export function startChild(spec: ChildSpec, family: Family): Child {
  mkdirSync(family.logs, { recursive: true });
  mkdirSync(family.running, { recursive: true });
  const logFile = join(family.logs, `${spec.name}.log`);
  const log = spec.onTerminal ? 'inherit' : openLog(logFile);
  const child = spawn(spec.command, spec.args, {
    cwd: spec.cwd,
    env: { ...(spec.env ?? process.env), ...(spec.stopsWithParent && { STOP_WITH_PARENT: 'stdin' }) },
    stdio: [spec.stopsWithParent ? 'pipe' : 'ignore', log, log],
    detached: true,
    ...spec.user,
  });
  if (typeof log === 'number') closeSync(log);
  const pidFile = join(family.running, spec.name);
  const stopSignal = spec.stopSignal ?? 'SIGTERM';
  if (child.pid !== undefined) writeFileSync(pidFile, `${child.pid} ${stopSignal.slice(3)} ${processIdentity(child.pid) ?? ''}\n`);
  let asked = false;
  let hasEnded = false;
  const ended = endOf(child).then((end) => {
    hasEnded = true;
    rmSync(pidFile, { force: true });
    return { ...end, asked };
  });
  const member: Child = {
    name: spec.name,
    pid: child.pid ?? 0,
    logFile,
    ended,
    async stop(deadlineMs = 15_000) {
      asked = true;
      child.kill(stopSignal);
      const force = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
      await ended;
      clearTimeout(force);
    },
    hasEnded: () => hasEnded,
    kill: () => void child.kill('SIGKILL'),
  };
  family.members.push(member);
  return member;
}

const WIDEST_LINE = 240;

/** The last lines a child logged, as far as a terminal can show them; what ended one of our apps stands there whole. */
export function lastLines(logFile: string, count: number): string[] {
  try {
    return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-count).flatMap(readably);
  } catch {
    return [];
  }
}

function readably(line: string): string[] {
  return whyItEnded(line)?.split('\n') ?? [line.length > WIDEST_LINE ? `${line.slice(0, WIDEST_LINE)}…` : line];
}

function whyItEnded(line: string): string | undefined {
  if (!line.startsWith('{"level":"fatal"')) return undefined;
  try {
    return (JSON.parse(line) as { err?: { message?: string } }).err?.message;
  } catch {
    return undefined;
  }
}

function endOf(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve) => {
    child.once('error', () => resolve({ code: 127, signal: null }));
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

function openLog(file: string): number {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LARGEST_LOG) renameSync(file, `${file}.1`);
  return openSync(file, 'a');
}
