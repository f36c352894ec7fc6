import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { SealBrokenError } from './errors.js';
import type { SubjectKey } from './subject-key.js';

const NONCE = 12;
const TAG = 16;

/** Seals a text about a record with a key of that record alone (AES-256-GCM), so that it goes with the person. @returns nonce, ciphertext, tag */
export function sealText({ texts, subject }: SubjectKey, text: string): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', texts, nonce, { authTagLength: TAG });
  cipher.setAAD(Buffer.from(subject));
  const body = cipher.update(text, 'utf8');
  cipher.final();
  return Buffer.concat([nonce, body, cipher.getAuthTag()]);
}

/** @throws SealBrokenError when a byte is not what was sealed, or the key is another */
export function openText({ texts, subject }: SubjectKey, sealed: Buffer): string {
  if (sealed.length < NONCE + TAG) throw new SealBrokenError(`at least ${NONCE + TAG} sealed bytes`);
  const decipher = createDecipheriv('aes-256-gcm', texts, sealed.subarray(0, NONCE), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(subject));
  decipher.setAuthTag(sealed.subarray(-TAG));
  const text = decipher.update(sealed.subarray(NONCE, -TAG));
  try {
    decipher.final();
  } catch {
    throw new SealBrokenError('a text as it was sealed');
  }
  return text.toString('utf8');
}
