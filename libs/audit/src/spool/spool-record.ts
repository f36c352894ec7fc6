import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { PreparedEntry } from '../prepare-entries.js';

/** A record on disk: length and checksum (4 bytes each, big-endian), then nonce, tag and ciphertext. Nothing of it can be read without the key. */
const HEAD_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const LONGEST = 64 * 1024 * 1024;
const BOUND_TO = Buffer.from('involvement-index audit spool 1');

interface Written {
  fields: PreparedEntry['fields'];
  salts: string;
  commitments: string;
}

/** The entries of one request, as one record: all of them or none. */
export function recordOf(entries: readonly PreparedEntry[], key: Buffer): Buffer {
  const plain = entries.map(({ fields, salts, commitments }): Written => {
    return { fields, salts: salts.toString('base64'), commitments: commitments.toString('base64') };
  });
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(BOUND_TO);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(plain), 'utf8'), cipher.final()]);
  return framed(Buffer.concat([nonce, cipher.getAuthTag(), sealed]));
}

export function framed(body: Buffer): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32BE(body.length, 0);
  head.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([head, body]);
}

/** @throws Error when the key is another or the bytes are not those that were sealed */
export function entriesOf(body: Buffer, key: Buffer): PreparedEntry[] {
  const opener = createDecipheriv('aes-256-gcm', key, body.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(BOUND_TO)
    .setAuthTag(body.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const plain = Buffer.concat([opener.update(body.subarray(NONCE_BYTES + TAG_BYTES)), opener.final()]).toString('utf8');
  return (JSON.parse(plain) as Written[]).map(({ fields, salts, commitments }) => {
    return { fields, salts: Buffer.from(salts, 'base64'), commitments: Buffer.from(commitments, 'base64') };
  });
}

/** What a segment holds. */
export interface ReadSegment {
  bodies: Buffer[];
  /** Bytes at its end that are no whole record: a crash cut the last one off before it was acknowledged. */
  torn: number;
  /** Bytes before its end that are no record: they may have been acknowledged, and are lost. */
  damaged: number;
}

export function readSegment(bytes: Buffer): ReadSegment {
  const read: ReadSegment = { bodies: [], torn: 0, damaged: 0 };
  let at = 0;
  while (at < bytes.length) {
    const rest = bytes.length - at;
    const length = rest < HEAD_BYTES ? 0 : bytes.readUInt32BE(at);
    const end = at + HEAD_BYTES + length;
    if (rest < HEAD_BYTES || isZero(bytes.subarray(at)) || (length <= LONGEST && end > bytes.length)) return { ...read, torn: rest };
    if (length === 0 || length > LONGEST) return { ...read, damaged: read.damaged + rest };
    const body = bytes.subarray(at + HEAD_BYTES, end);
    if (crc32(body) === bytes.readUInt32BE(at + 4)) read.bodies.push(body);
    // Whole in length and wrong in content: with nothing behind it pages that never reached the disk, anywhere else damage.
    else if (isZero(bytes.subarray(end))) return { ...read, torn: rest };
    else read.damaged += HEAD_BYTES + length;
    at = end;
  }
  return read;
}

/** Some file systems leave zeros behind what a crash cut off. */
const isZero = (bytes: Buffer) => bytes.every((byte) => byte === 0);
