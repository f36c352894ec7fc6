import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { canonicalBytes } from './canonical-bytes.js';

/** A record's data key, and the keys derived from it (HKDF-SHA-256, RFC 5869), each for one purpose. */
export class SubjectKey {
  /** AES-256 key of the sealed events. */
  readonly sealing: KeyObject;
  #ids: KeyObject | undefined;
  #digests: KeyObject | undefined;
  #texts: KeyObject | undefined;

  /** @param dataKey 32 random bytes. */
  constructor(
    /** Subject token: the record's random name in the log. */
    readonly subject: string,
    dataKey: Buffer,
  ) {
    this.sealing = createSecretKey(dataKey);
  }

  /** Name of the data key in envelopes; a record has one data key, so its subject token. */
  get keyId(): string {
    return this.subject;
  }
  /** HMAC key of event ids. */
  get ids(): KeyObject {
    this.#ids ??= this.#derive('event ids');
    return this.#ids;
  }
  /** HMAC key of content digests. */
  get digests(): KeyObject {
    this.#digests ??= this.#derive('content digests');
    return this.#digests;
  }

  /** AES-256 key of texts that are kept outside the log. */
  get texts(): KeyObject {
    this.#texts ??= this.#derive('texts');
    return this.#texts;
  }

  #derive(purpose: string): KeyObject {
    return createSecretKey(Buffer.from(hkdfSync('sha256', this.sealing, '', `involvement-index/${purpose}/1`, 32)));
  }
}

/**
 * The id of an event: a keyed hash of the fact and its version, so the same fact and version always give the same id, and nobody without the
 * key can tell which. @param parts what names fact and version, in a fixed order. @returns 32 hex digits
 */
export function eventIdOf(key: SubjectKey, parts: (string | number)[]): string {
  return createHmac('sha256', key.ids).update(canonicalBytes('event-id/1', parts)).digest('hex').slice(0, 32);
}
