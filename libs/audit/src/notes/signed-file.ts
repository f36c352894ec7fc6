import { openNote, signNote } from './signed-note.js';
import type { SigningKey, VerifyingKey } from './signing-key.js';

/** A file's bytes as they are signed for: never taken for a checkpoint, whose first line is the log's bare name. @param digest SHA-256 */
const textOf = (name: string, digest: Buffer): string => `${name}/export\nsha256 ${digest.toString('base64')}\n`;

/** A signature to lie beside an exported file (C2SP signed-note). */
export const signFile = (digest: Buffer, key: SigningKey, now: number): string => signNote(textOf(key.name, digest), key, now);

/** @returns when the file was signed (null where the signature does not say), or false when it is another file, or nobody signed it */
export function openFileSignature(signature: string, digest: Buffer, key: VerifyingKey): { signedAt: number | null } | false {
  const opened = openNote(signature, key);
  return opened?.text === textOf(key.name, digest) && { signedAt: opened.signedAt };
}
