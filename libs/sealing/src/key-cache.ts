import type { SubjectKey } from './subject-key.js';

interface Kept {
  key: SubjectKey;
  until: number;
}

/**
 * The keys used last, found by subject token or by record. An entry lasts a set time: a key destroyed by another process must not
 * live on here for ever.
 */
export class KeyCache {
  readonly #bySubject = new Map<string, Kept>();
  readonly #byRecord = new Map<string, Kept>();

  /** @param size most keys kept by either name. @param age milliseconds an entry lasts. */
  constructor(
    private readonly size: number,
    private readonly age: number,
  ) {}

  ofSubject(subject: string): SubjectKey | undefined {
    return this.#look(this.#bySubject, subject);
  }
  /** @param lookup the record's keyed hash, as text. */
  ofRecord(lookup: string): SubjectKey | undefined {
    return this.#look(this.#byRecord, lookup);
  }
  keep(key: SubjectKey, lookup?: string): void {
    const kept = { key, until: Date.now() + this.age };
    this.#put(this.#bySubject, key.subject, kept);
    if (lookup !== undefined) this.#put(this.#byRecord, lookup, kept);
  }
  drop(subject: string): void {
    this.#bySubject.delete(subject);
    for (const [lookup, { key }] of this.#byRecord) if (key.subject === subject) this.#byRecord.delete(lookup);
  }

  /** A Map keeps its order: what was used last is put at its end, what goes is taken from its front. */
  #look(from: Map<string, Kept>, name: string): SubjectKey | undefined {
    const kept = from.get(name);
    if (!kept) return undefined;
    from.delete(name);
    if (kept.until < Date.now()) return undefined;
    from.set(name, kept);
    return kept.key;
  }
  #put(into: Map<string, Kept>, name: string, kept: Kept): void {
    into.delete(name);
    into.set(name, kept);
    if (into.size > this.size) into.delete(into.keys().next().value!);
  }
}
