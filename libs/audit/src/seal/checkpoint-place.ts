import { mkdir, open, type FileHandle, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HASH_BYTES } from '../merkle/hashes.js';

/** Holds every checkpoint and every leaf hash ever pushed, one JSON object a line: `{"from":0,"leaves":"base64"}` and `{"note":"…"}`. */
export const PUSHED_FILE = 'checkpoints.jsonl';
/** Holds the newest checkpoint alone, as other programs expect it. */
const NEWEST_FILE = 'checkpoint';

const LEAVES_A_LINE = 4096;
const FIRST_WINDOW = 16_384;

/**
 * The second place that checkpoints go to: a folder that the database's administrator can't write to. Besides each checkpoint it keeps the
 * leaf hashes under it (salted: they tell nothing), so that a verifier can name the entry that was changed and not only that one was.
 */
export class CheckpointPlace {
  private constructor(private readonly folder: string) {}

  static async open(folder: string): Promise<CheckpointPlace> {
    await mkdir(folder, { recursive: true, mode: 0o750 });
    return new CheckpointPlace(folder);
  }

  /** The note of the newest checkpoint, or null where there is none. */
  async newest(): Promise<string | null> {
    const file = await open(join(this.folder, PUSHED_FILE), 'r').catch(orAbsent);
    if (file === null) return null;
    try {
      return await lastNote(file);
    } finally {
      await file.close();
    }
  }

  /** Appends leaves and their checkpoint, and returns once they are on disk. @param from index of the first leaf */
  async push({ from, leaves, note }: { from: number; leaves: readonly Buffer[]; note: string }): Promise<void> {
    const file = await open(join(this.folder, PUSHED_FILE), 'a+', 0o640);
    try {
      const { size } = await file.stat();
      // A line that a crash cut off stays as it is; the next one begins anew.
      const torn = size > 0 && (await file.read(Buffer.alloc(1), 0, 1, size - 1)).buffer.toString() !== '\n';
      if (torn) await file.appendFile('\n');
      for (let at = 0; at < leaves.length; at += LEAVES_A_LINE) {
        const part = Buffer.concat(leaves.slice(at, at + LEAVES_A_LINE));
        await file.appendFile(`${JSON.stringify({ from: from + at, leaves: part.toString('base64') })}\n`);
      }
      await file.appendFile(`${JSON.stringify({ note })}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    const newest = join(this.folder, NEWEST_FILE);
    await writeFile(`${newest}.new`, note, { mode: 0o640, flush: true });
    await rename(`${newest}.new`, newest);
    await syncFolder(this.folder);
  }
}

/** One line of what was pushed, or null where it can't be read: a crash may have cut it off. */
export function readPushedLine(line: string): { from: number; leaves: Buffer } | { note: string } | null {
  let read: { from?: unknown; leaves?: unknown; note?: unknown };
  try {
    read = JSON.parse(line) as typeof read;
  } catch {
    return null;
  }
  if (typeof read?.note === 'string') return { note: read.note };
  if (!Number.isSafeInteger(read?.from) || typeof read.leaves !== 'string') return null;
  const leaves = Buffer.from(read.leaves, 'base64');
  return leaves.length % HASH_BYTES === 0 ? { from: Number(read.from), leaves } : null;
}

async function lastNote(file: FileHandle): Promise<string | null> {
  const { size } = await file.stat();
  for (let window = FIRST_WINDOW; ; window *= 8) {
    const from = Math.max(0, size - window);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
    const lines = buffer.subarray(0, bytesRead).toString('utf8').split('\n');
    // The first line of a window is whole only where the file begins.
    for (const line of lines.slice(from === 0 ? 0 : 1).reverse()) {
      const read = line.startsWith('{"note"') ? readPushedLine(line) : null;
      if (read !== null && 'note' in read) return read.note;
    }
    if (from === 0) return null;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function orAbsent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
