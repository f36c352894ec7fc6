import { HASH_BYTES } from '../merkle/hashes.js';
import { openNote, signNote } from './signed-note.js';
import type { SigningKey, VerifyingKey } from './signing-key.js';

/** What the log's key has signed: so many leaves have this root. */
export interface Checkpoint {
  size: number;
  root: Buffer;
  /** Milliseconds since 1970; null where the signature does not say. */
  signedAt: number | null;
}

/** Signs a tree (C2SP tlog-checkpoint): origin, size, root. @returns the note */
export function signCheckpoint({ size, root }: { size: number; root: Buffer }, key: SigningKey, now: number): string {
  return signNote(`${key.name}\n${size}\n${root.toString('base64')}\n`, key, now);
}

/** @returns null unless it is a checkpoint of this key's own log, signed by it */
export function openCheckpoint(note: string, key: VerifyingKey): Checkpoint | null {
  const opened = openNote(note, key);
  if (opened === null) return null;
  const [origin, size = '', root = ''] = opened.text.split('\n');
  const hash = Buffer.from(root, 'base64');
  if (origin !== key.name || !/^(0|[1-9]\d{0,15})$/.test(size) || hash.length !== HASH_BYTES) return null;
  return { size: Number(size), root: hash, signedAt: opened.signedAt };
}
