import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { Pool } from 'pg';
import { canonicalBytes } from './canonical-bytes.js';
import { KeyStoreUnavailableError, KeyWrappingError, SubjectErasedError } from './errors.js';
import { KeyCache } from './key-cache.js';
import { type KeyRow, KeyRows } from './key-rows.js';
import { SubjectKey } from './subject-key.js';
import { unwrapKey, wrapKey } from './wrap-key.js';

/** One person as one source knows them; `recordId` is empty for the source itself. */
export interface SourceRecord {
  source: string;
  recordId: string;
}
export interface KeyStoreOptions {
  /** A database of its own, apart from Kafka and from the read model's backups. */
  url: string;
  /** 32 bytes that wrap every data key. */
  keyEncryptionKey: Buffer;
  /** 32 bytes under which records are looked up. */
  lookupSecret: Buffer;
  /** Most keys held in memory. */
  cacheSize?: number;
  /** Milliseconds until a key in memory is read again (a minute unless said): how long an erasure by another process may go unnoticed. */
  cacheAge?: number;
}

/** Data keys and subject tokens, one pair per record, kept in PostgreSQL. */
export class KeyStore {
  readonly #pool: Pool;
  readonly #rows: KeyRows;
  readonly #cache: KeyCache;
  readonly #encryptionKey: KeyObject;

  private constructor(private readonly options: KeyStoreOptions) {
    this.#pool = new Pool({
      connectionString: options.url,
      max: 5,
      connectionTimeoutMillis: 3000,
      query_timeout: 15_000,
      options: '-c synchronous_commit=on', // a key must be durable before the first event that uses it
    });
    this.#pool.on('error', () => undefined); // an idle connection was lost; the next statement opens another
    this.#rows = new KeyRows(this.#pool);
    this.#cache = new KeyCache(options.cacheSize ?? 50_000, options.cacheAge ?? 60_000);
    this.#encryptionKey = createSecretKey(options.keyEncryptionKey);
  }

  /** @throws KeyStoreUnavailableError (retriable); KeyWrappingError when the kept keys were wrapped with another key-encryption key */
  static async open(options: KeyStoreOptions): Promise<KeyStore> {
    const store = new KeyStore(options);
    try {
      const sample = await store.#rows.sample();
      // one that fails is damaged; when all fail, the key-encryption key is wrong
      if (sample.length > 0 && sample.every((row) => store.#unwrapOrMissing(row) === 'missing')) {
        throw new KeyWrappingError('the kept data keys can not be unwrapped');
      }
      return store;
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  /**
   * The keys of records, in the order given; what a record lacks is made. Two processes asking at once get the same keys, and a key that is
   * returned is durable.
   * @throws SubjectErasedError naming the places of erased records (nothing is made then); KeyStoreUnavailableError (retriable)
   */
  async subjectsFor(records: SourceRecord[]): Promise<SubjectKey[]> {
    const lookups = records.map((record) => this.#lookupOf(record));
    const names = lookups.map(nameOfLookup);
    const found = new Map<string, SubjectKey>();
    const unknown = new Map<string, Buffer>();
    names.forEach((name, index) => {
      const key = this.#cache.ofRecord(name);
      if (key) found.set(name, key);
      else unknown.set(name, lookups[index]!);
    });
    const take = async () => {
      const rows = unknown.size === 0 ? [] : await this.#rows.byRecord([...unknown.values()]);
      // a tombstone counts even beside a key that another process made at the same moment
      const erased = new Set(rows.filter(({ wrapped }) => wrapped === null).map(nameOf));
      if (erased.size > 0) throw new SubjectErasedError(names.flatMap((name, index) => (erased.has(name) ? [index] : [])));
      for (const row of rows) {
        found.set(nameOf(row), this.#unwrap(row, nameOf(row)));
        unknown.delete(nameOf(row));
      }
    };
    await take();
    if (unknown.size > 0) {
      await this.#rows.insert([...unknown.values()].map((lookup) => this.#newRow(lookup)));
      await take();
    }
    return names.map((name) => {
      const key = found.get(name);
      if (!key) throw new KeyStoreUnavailableError(); // erased and reinstated within these milliseconds
      return key;
    });
  }

  /** Places of erased records in the list; makes nothing. @throws KeyStoreUnavailableError (retriable) */
  async erasedAmong(records: SourceRecord[]): Promise<number[]> {
    const lookups = records.map((record) => this.#lookupOf(record));
    const rows = await this.#rows.byRecord(lookups);
    const erased = new Set(rows.filter(({ wrapped }) => wrapped === null).map(nameOf));
    return lookups.flatMap((lookup, index) => (erased.has(nameOfLookup(lookup)) ? [index] : []));
  }

  /**
   * The keys behind subject tokens: `erased` where a tombstone stands, `missing` where there is nothing, or nothing that can be unwrapped.
   * @throws KeyStoreUnavailableError (retriable)
   */
  async keysFor(subjects: Iterable<string>): Promise<Map<string, SubjectKey | 'erased' | 'missing'>> {
    const keys = new Map<string, SubjectKey | 'erased' | 'missing'>();
    const unknown: string[] = [];
    for (const subject of new Set(subjects)) {
      const key = this.#cache.ofSubject(subject);
      keys.set(subject, key ?? 'missing');
      if (!key) unknown.push(subject);
    }
    for (const row of unknown.length === 0 ? [] : await this.#rows.bySubject(unknown)) {
      keys.set(row.subject, row.wrapped === null ? 'erased' : this.#unwrapOrMissing(row));
    }
    return keys;
  }

  /** Which of these subjects have neither a key nor a tombstone. A key that can't be unwrapped is there: another key-encryption key may open it. @throws KeyStoreUnavailableError (retriable) */
  goneAmong(subjects: string[]): Promise<string[]> {
    return this.#rows.gone(subjects);
  }

  /**
   * Destroys the key of a record for good, bars the record from being sent again, and leaves a tombstone; safe to repeat. Where the key is gone already the tombstone
   * alone: whose it was is not known, and sent again the record comes under a new key. Other processes notice within the cache's age.
   */
  async erase(subject: string): Promise<void> {
    await this.#rows.erase(subject);
    this.#cache.drop(subject);
  }

  /** Lets an erased record be sent again, under a new subject token and key. What was erased stays so. */
  async reinstate(record: SourceRecord): Promise<void> {
    await this.#rows.reinstate(this.#lookupOf(record));
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  #lookupOf({ source, recordId }: SourceRecord): Buffer {
    return createHmac('sha256', this.options.lookupSecret)
      .update(canonicalBytes('record/1', [source, recordId]))
      .digest();
  }

  #newRow(lookup: Buffer) {
    const subject = uuidOf(randomBytes(16));
    return { subject, lookup, wrapped: wrapKey(this.#encryptionKey, subject, randomBytes(32)) };
  }

  #unwrap(row: KeyRow, lookup?: string): SubjectKey {
    const key = new SubjectKey(row.subject, unwrapKey(this.#encryptionKey, row.subject, row.wrapped!));
    this.#cache.keep(key, lookup);
    return key;
  }

  #unwrapOrMissing(row: KeyRow): SubjectKey | 'missing' {
    try {
      return this.#unwrap(row);
    } catch (error) {
      if (error instanceof KeyWrappingError) return 'missing';
      throw error;
    }
  }
}

const nameOfLookup = (lookup: Buffer) => lookup.toString('latin1');
const nameOf = (row: KeyRow) => nameOfLookup(row.lookup!);

/** All 128 bits random, unlike a version 4 UUID. */
function uuidOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
