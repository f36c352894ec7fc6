import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals words a reader typed, with AES-256-GCM. `boundTo` names the place they belong to: elsewhere they don't open. Result: nonce, tag, ciphertext. */
export function sealTerms(key: Buffer, terms: Partial<Record<string, string>>, boundTo: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(boundTo));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(terms), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** Opens what `sealTerms` sealed. Throws when the key, the bytes or the place are not the same. */
export function openTerms(key: Buffer, sealed: Buffer, boundTo: string): Record<string, string> {
  const opener = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(boundTo))
    .setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const text = Buffer.concat([opener.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), opener.final()]).toString('utf8');
  return JSON.parse(text) as Record<string, string>;
}
