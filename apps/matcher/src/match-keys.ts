import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { PersonRecorded } from '#lib/events';
import { validNhsNumber } from '#lib/matching';

/**
 * Turns what records are matched by into keyed digests: the state holds nothing that could be guessed back to a person without the
 * deployment's secret.
 */
export class MatchKeys {
  readonly #key: KeyObject;

  /** @param lookupSecret 32 bytes; the digests use a subkey of it (HKDF-SHA-256). */
  constructor(lookupSecret: Buffer) {
    this.#key = createSecretKey(Buffer.from(hkdfSync('sha256', lookupSecret, '', 'matcher nhs number and date of birth', 32)));
  }

  /** One digest for each valid NHS number together with the full date of birth, sorted; none where either is missing. */
  of({ identifiers, dateOfBirth }: Pick<PersonRecorded, 'identifiers' | 'dateOfBirth'>): string[] {
    if (dateOfBirth?.precision !== 'day') return [];
    const numbers = identifiers.filter(({ type }) => type === 'nhs').map(({ value }) => validNhsNumber(value));
    const valid = new Set(numbers.filter((number) => number !== null));
    return [...valid].map((number) => this.#digest(`${number} ${dateOfBirth.date}`)).sort();
  }

  /** 128 bits, written like a UUID. */
  #digest(value: string): string {
    const hex = createHmac('sha256', this.#key).update(value).digest('hex');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
  }
}
