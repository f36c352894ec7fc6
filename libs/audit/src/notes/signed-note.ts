import { DATED, PLAIN, type SigningKey, type VerifyingKey } from './signing-key.js';

/** A text under its signatures (C2SP signed-note). */
export interface OpenedNote {
  /** Ends with a line break. */
  text: string;
  /** When it was signed, in milliseconds since 1970, by the signer's own word; null where the signature does not say. */
  signedAt: number | null;
}

/**
 * Signs a text twice with one key: plainly, as every reader of signed notes understands, and with the time (C2SP tlog-cosignature),
 * so that a tree that has not grown is seen to be signed anew.
 * @param text ends with a line break and has no empty line
 */
export function signNote(text: string, key: SigningKey, now: number): string {
  const seconds = Math.floor(now / 1000);
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(seconds));
  const plain = [key.public.idOf(PLAIN), key.sign(text)];
  const dated = [key.public.idOf(DATED), time, key.sign(datedText(seconds, text))];
  return `${text}\n${[plain, dated].map((parts) => `— ${key.name} ${Buffer.concat(parts).toString('base64')}\n`).join('')}`;
}

/** @returns null unless the key has signed this text; a signature of another key is passed over, one of this key that does not fit is not. */
export function openNote(note: string, key: VerifyingKey): OpenedNote | null {
  const split = note.indexOf('\n\n');
  if (split === -1) return null;
  const text = note.slice(0, split + 1);
  let signed = false;
  let signedAt: number | null = null;
  for (const line of note.slice(split + 2).split('\n')) {
    const [, name, base64] = /^— (\S+) (\S+)$/.exec(line) ?? [];
    if (name !== key.name) continue;
    const bytes = Buffer.from(base64!, 'base64');
    const [id, rest] = [bytes.subarray(0, 4), bytes.subarray(4)];
    if (id.equals(key.idOf(PLAIN))) {
      if (!key.verifies(text, rest)) return null;
      signed = true;
    } else if (id.equals(key.idOf(DATED))) {
      if (rest.length < 8) return null;
      const seconds = Number(rest.readBigUInt64BE());
      if (!key.verifies(datedText(seconds, text), rest.subarray(8))) return null;
      signedAt = seconds * 1000;
    }
  }
  return signed ? { text, signedAt } : null;
}

const datedText = (seconds: number, text: string) => `cosignature/v1\ntime ${seconds}\n${text}`;
