import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';
import { canonicalBytes } from './canonical-bytes.js';
import { KeyWrappingError } from './errors.js';

const VERSION = 1;
const NONCE = 12;
const TAG = 16;
const additionalData = (subject: string) => canonicalBytes('data-key/1', [subject]);

/** A data key under the key-encryption key (AES-256-GCM, bound to its subject): version byte, nonce (12), ciphertext (32), tag (16). */
export function wrapKey(encryptionKey: KeyObject, subject: string, dataKey: Buffer): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', encryptionKey, nonce, { authTagLength: TAG });
  cipher.setAAD(additionalData(subject));
  const body = cipher.update(dataKey);
  cipher.final();
  return Buffer.concat([Buffer.of(VERSION), nonce, body, cipher.getAuthTag()]);
}

/** @throws KeyWrappingError */
export function unwrapKey(encryptionKey: KeyObject, subject: string, wrapped: Buffer): Buffer {
  if (wrapped.length !== 1 + NONCE + 32 + TAG || wrapped[0] !== VERSION) throw new KeyWrappingError('a wrapped key of another form');
  const decipher = createDecipheriv('aes-256-gcm', encryptionKey, wrapped.subarray(1, 1 + NONCE), { authTagLength: TAG });
  decipher.setAAD(additionalData(subject));
  decipher.setAuthTag(wrapped.subarray(-TAG));
  try {
    const dataKey = decipher.update(wrapped.subarray(1 + NONCE, -TAG));
    decipher.final();
    return dataKey;
  } catch {
    throw new KeyWrappingError('a data key can not be unwrapped');
  }
}
