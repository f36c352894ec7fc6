import { createHmac } from 'node:crypto';
import type { Queryable } from './generation.js';

/**
 * Tells rows and values apart without telling them: 12 hex digits under a key that stays in the database, since whoever sees a plain digest of
 * a date of birth has tried all of them in a moment.
 */
export class Digests {
  private constructor(private readonly key: Buffer) {}

  static async open(client: Queryable): Promise<Digests> {
    const { rows } = await client.query('SELECT key FROM control.digest_key');
    return new Digests((rows[0] as { key: Buffer }).key);
  }

  /** @param key values of a row's key columns, in their order. The same row has the same digest wherever it is told. */
  ofRow(key: readonly (string | number)[]): string {
    return this.digest(['row', key]);
  }

  /** @param within what it is compared in: nothing can be learned from the same value told elsewhere */
  ofValue(value: unknown, within: string): string {
    return this.digest(['value', within, value]);
  }

  private digest(parts: unknown): string {
    return createHmac('sha256', this.key).update(JSON.stringify(parts)).digest('hex').slice(0, 12);
  }
}
