import { blockingKeysOf, type Comparable, comparePair, type MatchModel, type StewardRules } from '#lib/matching';
import { clusterComponent, componentsOf } from './match-all.js';

/** People kept up to date as the matcher keeps them: when something changes, only what hung or hangs together with it is clustered anew. */
export class StepByStep {
  readonly #records = new Map<string, Comparable>();
  readonly #byKey = new Map<string, Set<string>>();
  /** For each record those it is joined with or in review with. */
  readonly #beside = new Map<string, Set<string>>();
  readonly #personOf = new Map<string, string[]>();
  #rules: StewardRules = { together: [], apart: [] };

  constructor(private readonly model: MatchModel) {}

  /** A record as it now is, or null where it is gone. */
  change(subject: string, record: Comparable | null): void {
    const before = this.#hangingTogether([subject]);
    for (const key of this.#keysOf(subject)) this.#byKey.get(key)?.delete(subject);
    for (const other of this.#beside.get(subject) ?? []) this.#beside.get(other)?.delete(subject);
    this.#beside.delete(subject);
    this.#personOf.delete(subject);
    this.#records.delete(subject);
    if (record) this.#add(record);
    this.#clusterAnew([...before, ...this.#hangingTogether([subject])]);
  }

  rule(rules: StewardRules, about: readonly [string, string]): void {
    const before = this.#hangingTogether(about);
    this.#rules = rules;
    this.#clusterAnew([...before, ...this.#hangingTogether(about)]);
  }

  people(): string[][] {
    return [...new Set(this.#personOf.values())].sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  }

  #keysOf(subject: string): string[] {
    const record = this.#records.get(subject);
    return record ? blockingKeysOf(record) : [];
  }

  #add(record: Comparable): void {
    const { subject } = record;
    this.#records.set(subject, record);
    const beside = new Set<string>();
    this.#beside.set(subject, beside);
    for (const key of blockingKeysOf(record)) {
      const sharing = this.#byKey.get(key) ?? new Set();
      this.#byKey.set(key, sharing.add(subject));
      for (const other of sharing)
        if (other !== subject && comparePair(record, this.#records.get(other) as Comparable, this.model).zone !== 'apart') {
          beside.add(other);
          this.#beside.get(other)?.add(subject);
        }
    }
  }

  #hangingTogether(from: readonly string[]): string[] {
    const found = new Set(from);
    for (const subject of found) {
      for (const other of this.#beside.get(subject) ?? []) found.add(other);
      for (const [one, other] of this.#rules.together) {
        if (one === subject && this.#records.has(one) && this.#records.has(other)) found.add(other);
        if (other === subject && this.#records.has(one) && this.#records.has(other)) found.add(one);
      }
    }
    return [...found];
  }

  #clusterAnew(subjects: readonly string[]): void {
    const known = [...new Set(subjects)].filter((subject) => this.#records.has(subject));
    const links = known.flatMap((one) => [...(this.#beside.get(one) ?? [])].map((other) => [one, other] as const));
    const ruled = this.#rules.together.filter((pair) => pair.every((subject) => this.#records.has(subject) && known.includes(subject)));
    for (const component of componentsOf(known, [...links, ...ruled]))
      for (const person of clusterComponent(component, this.#records, this.#rules, this.model))
        for (const subject of person) this.#personOf.set(subject, person);
  }
}
