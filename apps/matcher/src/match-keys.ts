import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { blockingKeysOf, type Comparable } from '#lib/matching';

/**
 * Turns what records are found by into keyed digests: the state holds nothing that could be guessed back to a person without the
 * deployment's secret.
 */
export class MatchKeys {
  readonly #keys: KeyObject;
  readonly #contents: KeyObject;

  /** @param lookupSecret 32 bytes; the digests use subkeys of it (HKDF-SHA-256). */
  constructor(lookupSecret: Buffer) {
    const subkey = (purpose: string) => createSecretKey(Buffer.from(hkdfSync('sha256', lookupSecret, '', purpose, 32)));
    this.#keys = subkey('matcher blocking keys');
    this.#contents = subkey('matcher contents');
  }

  /** The digests under which a record is compared with others, sorted: 64 bits each, as a signed integer. Two that are equal by chance cost one comparison. */
  of(comparable: Comparable): string[] {
    const digests = blockingKeysOf(comparable).map((key) => createHmac('sha256', this.#keys).update(key).digest().readBigInt64BE(0).toString()); // prettier-ignore
    return [...new Set(digests)].sort();
  }

  /** 128 bits, written like a UUID. */
  contentOf(text: string): string {
    const hex = createHmac('sha256', this.#contents).update(text).digest('hex');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
  }
}
