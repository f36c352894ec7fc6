/**
 * Which of these records are one person. Pure: no clock, no random, no memory of what was decided before, so the order in which events
 * arrived can't show in the answer.
 */
import type { SourceVersion } from '#lib/events';
import { cluster, type Clustered, type Comparable, comparableOf, comparePair, type MatchModel, type StewardRules } from '#lib/matching';
import { endsOfChains } from './ends-of-chains.js';
import { Joined } from './joined.js';

/** What is known of a record now, beside what it is compared by. */
export interface CurrentRecord {
  subject: string;
  /** The source has taken the record back, or its data key is destroyed: it joins nobody. */
  gone: boolean;
  /** The record that stands for this one since its source replaced it, and since which version. */
  replacedBy: string | null;
  replacement: SourceVersion;
}

/** What connects records: pairs that are, or may be, one person, and what stewards decided. */
export interface Evidence {
  pairs: readonly (readonly [string, string])[];
  rules: StewardRules;
}

/** Records as they hang together: people never reach over from one component to another. */
export interface Components {
  /** For every record the one that stands for it. */
  ends: ReadonlyMap<string, string>;
  /** Records that stand for themselves, by component, each sorted. */
  components: readonly (readonly string[])[];
  /** Stewards' rules, between the records that stand for those they name. */
  rules: StewardRules;
}

export type Reason = 'record-of-its-own' | 'matched' | 'kept-together' | 'replaced-by-its-source' | 'too-many-alike';
export interface Member {
  subject: string;
  reason: Reason;
}

/** Components of these records over pairs and rules to keep together. A replaced record has no say of its own, nor has one that is gone. */
export function componentsOf(records: readonly CurrentRecord[], { pairs, rules }: Evidence): Components {
  const sorted = [...records].sort((a, b) => (a.subject < b.subject ? -1 : 1));
  const ends = endsOfChains(sorted);
  const standing = sorted.filter(({ subject, gone }) => !gone && ends.get(subject) === subject).map(({ subject }) => subject);
  const stands = new Set(standing);
  const within = (all: Evidence['pairs']) => all.filter(([one, other]) => one !== other && stands.has(one) && stands.has(other));
  const toEnds = (all: Evidence['pairs']) => within(all.map(([one, other]) => [ends.get(one) ?? one, ends.get(other) ?? other]));
  const standingRules = { together: toEnds(rules.together), apart: toEnds(rules.apart) };
  const joined = new Joined(standing);
  for (const [one, other] of [...within(pairs), ...standingRules.together]) joined.join(one, other);
  return { ends, components: joined.groups(), rules: standingRules };
}

/** The records that have to be compared to tell the people in these components. */
export function comparedIn({ components }: Components, { largestComponent }: MatchModel): string[] {
  return components.filter(({ length }) => length > 1 && length <= largestComponent).flat();
}

/** The records as people, in canonical order. @param comparables at least of `comparedIn`; a record without joins by rule alone */
export function peopleIn(
  { ends, components, rules }: Components,
  comparables: ReadonlyMap<string, Comparable>,
  model: MatchModel,
): Member[][] {
  const pairOf = (one: string, other: string) => comparePair(comparables.get(one) ?? nothingOf(one), comparables.get(other) ?? nothingOf(other), model); // prettier-ignore
  const reasons = new Map<string, Reason>();
  const personOf = new Map<string, string>();
  for (const component of components) {
    const clustered: Clustered =
      component.length === 1
        ? { people: [[...component]], contradictions: [], quarantined: false }
        : cluster(component, pairOf, rules, model.largestComponent);
    for (const members of clustered.people)
      for (const subject of members) {
        personOf.set(subject, members[0]!);
        reasons.set(subject, reasonFor(subject, members, clustered, rules));
      }
  }
  const subjects = [...ends.keys()].sort();
  const people = Map.groupBy(subjects, (subject) => personOf.get(ends.get(subject)!) ?? ends.get(subject)!);
  return [...people.values()].map((members) => members.map((subject) => ({ subject, reason: ends.get(subject) === subject ? (reasons.get(subject) ?? 'record-of-its-own') : 'replaced-by-its-source' }))); // prettier-ignore
}

function reasonFor(subject: string, members: readonly string[], { quarantined }: Clustered, { together }: StewardRules): Reason {
  const kept = together.some((pair) => pair.includes(subject) && pair.every((one) => members.includes(one)));
  if (kept) return 'kept-together';
  if (quarantined) return 'too-many-alike';
  return members.length > 1 ? 'matched' : 'record-of-its-own';
}

const nothingOf = (subject: string) => comparableOf({ subject, names: [], addresses: [], identifiers: [] });
