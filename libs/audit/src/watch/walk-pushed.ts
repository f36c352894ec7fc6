import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { CompactRange } from '../merkle/compact-range.js';
import { HASH_BYTES } from '../merkle/hashes.js';
import { openCheckpoint } from '../notes/checkpoint.js';
import type { VerifyingKey } from '../notes/signing-key.js';
import { PUSHED_FILE, readPushedLine } from '../seal/checkpoint-place.js';
import { type Mismatch, mismatchOf } from './mismatch.js';

/** How far a walk has come in the file of what was pushed. */
export interface WalkedTo {
  /** The byte that a line begins at. */
  offset: number;
  /** Index of the next leaf; null: that of whatever leaf comes first. */
  size: number | null;
  /** Right edge of the tree so far, in base64; null: roots are not reckoned. */
  edge: string | null;
}

export const FROM_THE_FIRST: WalkedTo = { offset: 0, size: 0, edge: '' };

/** Some leaves that were pushed, one after another, and how far that is. */
export interface Step {
  from: number;
  leaves: Buffer[];
  /** What is wrong with the file itself. */
  wrong: Mismatch[];
  to: WalkedTo;
}

/** Leaves of one step: so many entries are held in memory. */
const STEP = 500;

/**
 * Goes through what was pushed, in the order of the file, and shows on the way that its leaves have the roots that were signed. A line that a
 * crash cut off, or made the sealer push twice, is passed over.
 */
export async function* walkPushed(folder: string, key: VerifyingKey, from: WalkedTo): AsyncGenerator<Step> {
  let { offset, size } = from;
  let range = from.edge === null || size === null ? null : CompactRange.of(size, Buffer.from(from.edge, 'base64'));
  let agreed = size ?? 0;
  const step = (leaves: Buffer[], wrong: Mismatch[]): Step => ({
    from: (size ?? 0) - leaves.length,
    leaves,
    wrong,
    to: { offset, size, edge: range?.edge.toString('base64') ?? null },
  });
  for await (const { text, end } of linesFrom(folder, offset)) {
    const line = readPushedLine(text);
    if (line !== null && 'leaves' in line) {
      const wrong: Mismatch[] = [];
      size ??= line.from;
      if (line.from > size) {
        wrong.push(
          mismatchOf({
            index: size,
            through: line.from - 1,
            kind: 'tail-cut',
            says: 'what was pushed for them is gone from the second place',
          }),
        );
        [size, range] = [line.from, null];
      }
      const leaves = leavesIn(line.leaves).slice(size - line.from);
      for (let at = 0; at < leaves.length; at += STEP) {
        const some = leaves.slice(at, at + STEP);
        for (const leaf of some) range?.append(leaf);
        size += some.length;
        yield step(some, wrong.splice(0));
      }
      if (wrong.length > 0) yield step([], wrong);
    }
    offset = end;
    const signed = line !== null && 'note' in line && range !== null ? openCheckpoint(line.note, key) : null;
    if (signed === null || range === null || signed.size !== range.size) continue;
    if (range.root().equals(signed.root)) agreed = range.size;
    else {
      const says = 'the leaves that were pushed do not have the root that was signed for them';
      const wrong = mismatchOf(
        { index: agreed, through: Math.max(agreed, signed.size - 1), kind: 'fork', says },
        range.root(),
        signed.root,
      );
      range = null;
      yield step([], [wrong]);
    }
  }
  yield step([], []);
}

/** Whether a walk can go on from there: the file may have been begun anew. */
export async function goesOn(folder: string, { offset }: WalkedTo): Promise<boolean> {
  if (offset === 0) return true;
  const file = await open(join(folder, PUSHED_FILE), 'r').catch(() => null);
  if (file === null) return false;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(1), 0, 1, offset - 1);
    return bytesRead === 1 && buffer.toString() === '\n';
  } finally {
    await file.close();
  }
}

const FIRST_WINDOW = 65_536;

/** Where the file goes on behind the last checkpoint that was signed before a time; its beginning where there is none. */
export async function pushedSince(folder: string, key: VerifyingKey, time: number): Promise<WalkedTo> {
  const file = await open(join(folder, PUSHED_FILE), 'r').catch(() => null);
  if (file === null) return FROM_THE_FIRST;
  try {
    const { size } = await file.stat();
    for (let window = FIRST_WINDOW; ; window *= 8) {
      const offset = await lastBefore(file, { from: Math.max(0, size - window), size }, (note) => {
        const signedAt = openCheckpoint(note, key)?.signedAt;
        return signedAt != null && signedAt < time;
      });
      if (offset !== null) return { offset, size: null, edge: null };
      if (window >= size) return FROM_THE_FIRST;
    }
  } finally {
    await file.close();
  }
}

/** The byte behind the last note of a part of the file that is as it should be. */
async function lastBefore(
  file: FileHandle,
  { from, size }: { from: number; size: number },
  is: (note: string) => boolean,
): Promise<number | null> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
  const part = buffer.subarray(0, bytesRead);
  for (let end = part.lastIndexOf(10); end > 0;) {
    const begin = part.lastIndexOf(10, end - 1);
    // The first line of a part is whole only where the file begins.
    if (begin === -1 && from > 0) return null;
    const line = part.toString('utf8', begin + 1, Math.min(end, begin + 10));
    const read = line.startsWith('{"note"') ? readPushedLine(part.toString('utf8', begin + 1, end)) : null;
    if (read !== null && 'note' in read && is(read.note)) return from + end + 1;
    end = begin;
  }
  return null;
}

async function* linesFrom(folder: string, offset: number): AsyncGenerator<{ text: string; end: number }> {
  let rest: Buffer = Buffer.alloc(0);
  let at = offset;
  try {
    for await (const chunk of createReadStream(join(folder, PUSHED_FILE), { start: offset })) {
      rest = Buffer.concat([rest, chunk as Buffer]);
      for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10)) {
        at += end + 1;
        yield { text: rest.toString('utf8', 0, end), end: at };
        rest = rest.subarray(end + 1);
      }
    }
  } catch (error) {
    // Nothing has been pushed yet.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

const leavesIn = (bytes: Buffer): Buffer[] =>
  Array.from({ length: bytes.length / HASH_BYTES }, (_, at) => bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES));
