import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Result } from './result.js';

/** Keeps the results with what they were measured on. @returns the file */
export function writeResults(results: readonly Result[], events: number): string {
  const at = new Date().toISOString();
  const machine = { cores: availableParallelism(), memoryGiB: Math.round(totalmem() / 2 ** 30), node: process.version };
  const file = join('bench-results', `${at.replaceAll(':', '')}.json`);
  mkdirSync('bench-results', { recursive: true });
  writeFileSync(file, `${JSON.stringify({ at, commit: commit(), machine, events, results }, null, 2)}\n`);
  return file;
}

function commit(): string | null {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null;
  }
}
