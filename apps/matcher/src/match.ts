/**
 * The deciding step, and all that a better matcher replaces: which of these records are one person. Pure: no clock, no random, no memory
 * of what was decided before, so the order in which events arrived can't show in the answer.
 */
import type { SourceVersion } from '#lib/events';
import { endsOfChains } from './ends-of-chains.js';

export const MODEL_VERSION = 'nhs-number-and-date-of-birth-1';

/** What is known of a record now. */
export interface CurrentRecord {
  subject: string;
  /** Digests of (NHS number, date of birth), one for each valid number; see `match-keys.ts`. */
  matchKeys: readonly string[];
  /** The source has taken the record back, or its data key is destroyed: it joins nobody. */
  gone: boolean;
  /** The record that stands for this one since its source replaced it, and since which version. */
  replacedBy: string | null;
  replacement: SourceVersion;
}

export type Reason = 'record-of-its-own' | 'same-nhs-number-and-date-of-birth' | 'replaced-by-its-source';
export interface Member {
  subject: string;
  reason: Reason;
}

/**
 * The records of one or more components as people, in canonical order. Two records are one person when they share a valid NHS number and
 * the full date of birth, or when their source has replaced one by the other; a replaced record has no say of its own.
 */
export function peopleIn(records: readonly CurrentRecord[]): Member[][] {
  const sorted = [...records].sort((a, b) => (a.subject < b.subject ? -1 : 1));
  const ends = endsOfChains(sorted);
  const joined = new Joined(sorted.map(({ subject }) => subject));
  const holders = new Map<string, string[]>();
  for (const { subject, matchKeys, gone } of sorted) {
    const end = ends.get(subject) ?? subject;
    joined.join(subject, end);
    if (gone || end !== subject) continue;
    for (const key of matchKeys) holders.set(key, [...(holders.get(key) ?? []), subject]);
  }
  const matched = new Set<string>();
  for (const [first, ...others] of holders.values()) {
    if (others.length > 0) matched.add(first!);
    for (const other of others) {
      matched.add(other);
      joined.join(first!, other);
    }
  }
  return joined.groups().map((group) => group.map((subject) => ({ subject, reason: reasonOf(subject, ends, matched) })));
}

function reasonOf(subject: string, ends: ReadonlyMap<string, string>, matched: ReadonlySet<string>): Reason {
  if (ends.get(subject) !== subject) return 'replaced-by-its-source';
  return matched.has(subject) ? 'same-nhs-number-and-date-of-birth' : 'record-of-its-own';
}

/** Disjoint sets; the first subject in sorted order stands for its set. */
class Joined {
  readonly #parents: Map<string, string>;

  constructor(private readonly subjects: readonly string[]) {
    this.#parents = new Map(subjects.map((subject) => [subject, subject]));
  }

  join(one: string, other: string): void {
    const [first, second] = [this.#rootOf(one), this.#rootOf(other)].sort() as [string, string];
    this.#parents.set(second, first);
  }

  groups(): string[][] {
    return [...Map.groupBy(this.subjects, (subject) => this.#rootOf(subject)).values()];
  }

  #rootOf(subject: string): string {
    let root = subject;
    for (let parent = this.#parents.get(root); parent !== root; parent = this.#parents.get(root)) root = parent!;
    this.#parents.set(subject, root);
    return root;
  }
}
