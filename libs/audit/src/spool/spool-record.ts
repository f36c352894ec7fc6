import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { PreparedEntry } from '../prepare-entries.js';

/** A record on disk: length and checksum (4 bytes each, big-endian), then nonce, tag and ciphertext. Nothing of it can be read without the key. */
const HEAD_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const LONGEST = 64 * 1024 * 1024;
const SHORTEST = HEAD_BYTES + NONCE_BYTES + TAG_BYTES;
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
  /** Bytes at its end that a crash cut off before they were acknowledged: the last record ends too early, or pages of it never reached the disk. */
  torn: number;
  /** All other bytes that are no record: they may have been acknowledged. */
  damaged: number;
}

/** Behind damage every place is tried for a record of up to so many bytes: a longer one may stand there unseen. */
const SOUGHT = 1024 * 1024;

/** Finds every record that is sound, also behind damage. @returns what is left over as damaged, unless it can only be a torn end */
export function readSegment(bytes: Buffer): ReadSegment {
  const read: ReadSegment = { bodies: [], torn: 0, damaged: 0 };
  let at = 0;
  while (at < bytes.length) {
    const sound = soundAt(bytes, at);
    const next = sound ? at + HEAD_BYTES + sound.length : nextSound(bytes, at);
    const lost = bytes.subarray(at, next);
    if (sound) read.bodies.push(sound);
    else if (next === bytes.length && isTorn(lost)) read.torn = lost.length;
    else {
      // Where its length alone is wrong, all the rest of a record still fits its checksum.
      if (isSound(lost)) read.bodies.push(lost.subarray(HEAD_BYTES));
      read.damaged += lost.length;
    }
    at = next;
  }
  return read;
}

function soundAt(bytes: Buffer, at: number, longest = LONGEST): Buffer | null {
  const end = endOf(bytes, at);
  if (end > Math.min(bytes.length, at + HEAD_BYTES + longest)) return null;
  const record = bytes.subarray(at, end);
  return isSound(record) ? record.subarray(HEAD_BYTES) : null;
}

/** Where the next sound record begins; at the end where none does. The length that is said at `at` may be wrong, but leads on where nothing else does. */
function nextSound(bytes: Buffer, at: number): number {
  const said = endOf(bytes, at);
  for (let place = at + 1; place < bytes.length; place += 1) if (soundAt(bytes, place, place === said ? LONGEST : SOUGHT)) return place;
  return bytes.length;
}

const endOf = (bytes: Buffer, at: number) =>
  at + HEAD_BYTES > bytes.length ? Number.POSITIVE_INFINITY : at + HEAD_BYTES + bytes.readUInt32BE(at);

const isSound = (record: Buffer) => record.length >= SHORTEST && crc32(record.subarray(HEAD_BYTES)) === record.readUInt32BE(4);

/** What was sealed never holds as many zeros in a row: they are what some file systems leave of pages that never reached the disk. */
const HOLE = Buffer.alloc(16);

function isTorn(end: Buffer): boolean {
  if (end.length < HEAD_BYTES || end.every((byte) => byte === 0)) return true;
  if (end.length > SOUGHT || isSound(end)) return false;
  const length = end.readUInt32BE(0);
  return end.includes(HOLE) || (length <= LONGEST && HEAD_BYTES + length > end.length);
}
