import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mismatch } from './mismatch.js';

/** Every mismatch that was found, and who has acknowledged it, one JSON object a line: `{"found":{…}}` and `{"acknowledged":{…}}`. */
const FOUND_FILE = 'mismatches.jsonl';

interface Acknowledgement {
  /** Milliseconds since 1970. */
  at: number;
  by: string;
  words: string;
}

export interface FoundMismatch extends Mismatch {
  foundAt: number;
  acknowledged: Acknowledgement | null;
}

/** Not more than this wait at a time: what else is wrong is found again once they are acknowledged. */
const MOST_WAITING = 100;

/** What was found at the second place's own word, in the order in which it was. @param folder where checkpoints are pushed to */
export async function readFound(folder: string): Promise<FoundMismatch[]> {
  const found = new Map<string, FoundMismatch>();
  for (const line of (await readFile(join(folder, FOUND_FILE), 'utf8').catch(orEmpty)).split('\n')) {
    const read = readLine(line);
    if (read?.found) found.set(read.found.id, { ...read.found, acknowledged: null });
    for (const id of read?.acknowledged?.ids ?? []) {
      const one = found.get(id);
      if (one !== undefined && read?.acknowledged)
        one.acknowledged = { at: read.acknowledged.at, by: read.acknowledged.by, words: read.acknowledged.words };
    }
  }
  return [...found.values()];
}

/**
 * Whether what was found can be all that is wrong. Once a hundred were found, acknowledged or not, it is never said again that it is: what was more
 * was let go, and comes only with the next check that passes it.
 */
export const mayBeAll = (found: readonly unknown[]): boolean => found.length < MOST_WAITING;

/** Adds what is new. @returns only that */
export async function addFound(folder: string, mismatches: readonly Mismatch[], now: number): Promise<Mismatch[]> {
  if (mismatches.length === 0) return [];
  const known = await readFound(folder);
  const room = MOST_WAITING - waiting(known).length;
  const fresh = mismatches
    .filter(({ id }, at) => ![...known, ...mismatches.slice(0, at)].some((one) => one.id === id))
    .slice(0, Math.max(0, room));
  await append(
    folder,
    fresh.map((one) => ({ found: { ...one, foundAt: now } })),
  );
  return fresh;
}

/** Says of what was found that somebody has looked into it. */
export async function acknowledgeFound(folder: string, ids: readonly string[], acknowledged: Acknowledgement): Promise<void> {
  await append(folder, [{ acknowledged: { ids, ...acknowledged } }]);
}

/** What nobody has acknowledged, the first bad index first. */
export const waiting = (found: readonly FoundMismatch[]): FoundMismatch[] =>
  found.filter(({ acknowledged }) => acknowledged === null).sort((one, other) => (one.index ?? Infinity) - (other.index ?? Infinity));

async function append(folder: string, lines: readonly object[]): Promise<void> {
  if (lines.length === 0) return;
  // Begins on a line of its own, whatever a crash may have left.
  const text = lines.map((line) => `\n${JSON.stringify(line)}`).join('');
  await appendFile(join(folder, FOUND_FILE), `${text}\n`, { mode: 0o640, flush: true });
}

interface Line {
  found?: Mismatch & { foundAt: number };
  acknowledged?: Acknowledgement & { ids: string[] };
}

function readLine(line: string): Line | null {
  if (line === '') return null;
  try {
    return JSON.parse(line) as Line;
  } catch {
    return null;
  }
}

function orEmpty(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return '';
  throw error;
}
