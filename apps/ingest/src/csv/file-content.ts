import { createCipheriv, createDecipheriv, createHash, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import type { Reachable } from '../reachable.js';
import type { Database } from '../state/database.js';
import { type Encoding, EncodingGuess } from './encoding.js';
import { FileRefusedError } from './file-refused.js';

/** What is known of a file once all of it is there. */
export interface Received {
  sha256: Buffer;
  bytes: number;
  encoding: Encoding;
}

/** More than this is not taken. */
export const MOST_BYTES = 1024 ** 3;
const PART = 512 * 1024;
const NONCE = 12;
const TAG = 16;

/** The content of files that wait: in parts, sealed with a key per file, so that neither the database nor its backups hold a row in clear. */
export class FileContent {
  readonly #secret: Buffer;

  constructor(
    private readonly database: Reachable<Database>,
    secret: Buffer,
  ) {
    this.#secret = secret;
  }

  /** Takes a file in as it comes; of one that breaks off nothing stays. @throws FileRefusedError, RetryableError, and whatever the stream throws */
  async take(file: string, stream: AsyncIterable<Uint8Array>): Promise<Received> {
    const [hash, guess] = [createHash('sha256'), new EncodingGuess()];
    let bytes = 0;
    try {
      let part = 0;
      for await (const piece of inParts(stream)) {
        bytes += piece.length;
        if (bytes > MOST_BYTES) throw new FileRefusedError('too-large');
        hash.update(piece);
        guess.look(piece);
        await this.#keep(file, part++, piece);
      }
      return { sha256: hash.digest(), bytes, encoding: guess.end() };
    } catch (error) {
      await this.drop(file).catch(() => undefined);
      throw error;
    }
  }

  async *bytes(file: string): AsyncGenerator<Uint8Array> {
    const database = await this.database.get();
    const key = this.#keyOf(file);
    for (let part = 0; ; part++) {
      const [row] = await database.query<{ sealed: Buffer }>('SELECT sealed FROM ingest.file_part WHERE file = $1 AND part = $2', [
        file,
        part,
      ]);
      if (!row) return;
      yield opened(key, part, row.sealed);
    }
  }

  async drop(file: string): Promise<void> {
    await (await this.database.get()).query('DELETE FROM ingest.file_part WHERE file = $1', [file]);
  }

  async #keep(file: string, part: number, piece: Buffer): Promise<void> {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.#keyOf(file), nonce, { authTagLength: TAG });
    cipher.setAAD(Buffer.from(String(part)));
    const body = cipher.update(piece);
    cipher.final();
    const sealed = Buffer.concat([nonce, body, cipher.getAuthTag()]);
    await (await this.database.get()).query('INSERT INTO ingest.file_part (file, part, sealed) VALUES ($1, $2, $3)', [file, part, sealed]);
  }

  #keyOf(file: string): KeyObject {
    return createSecretKey(Buffer.from(hkdfSync('sha256', this.#secret, file, 'involvement-index/file/1', 32)));
  }
}

function opened(key: KeyObject, part: number, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(String(part)));
  decipher.setAuthTag(sealed.subarray(-TAG));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final()]);
}

async function* inParts(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    held.push(chunk);
    size += chunk.length;
    if (size < PART) continue;
    yield Buffer.concat(held);
    [held, size] = [[], 0];
  }
  if (size > 0) yield Buffer.concat(held);
}
