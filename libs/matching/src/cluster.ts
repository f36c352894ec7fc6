import type { Cap } from './caps.js';
import type { ComparedPair } from './compare-pair.js';

/** What stewards settled: pairs of subjects, in any order. */
export interface StewardRules {
  together: readonly (readonly [string, string])[];
  apart: readonly (readonly [string, string])[];
}

export interface Clustered {
  /** Subjects of one person each; sorted within and among. */
  people: string[][];
  /** Rules to keep together that other rules contradict; not followed. */
  contradictions: (readonly [string, string])[];
  /** Too many records hang together: only stewards' rules were followed, and somebody should look. */
  quarantined: boolean;
}

interface Group {
  members: string[];
}

/**
 * The people among the records of one component, by average linkage: the two groups whose pairs are on average furthest above what a join
 * asks join first, and so on while any average reaches it. Stewards' rules and pairs that a cap holds apart are never crossed. A pure
 * function of the set: the order of subjects and rules changes nothing. `pairOf` is asked for every pair once; n² in time and memory, so a
 * component over `largest` is not clustered.
 */
export function cluster(
  subjects: readonly string[],
  pairOf: (one: string, other: string) => ComparedPair,
  rules: StewardRules,
  largest: number,
): Clustered {
  const sorted = [...new Set(subjects)].sort();
  const known = new Set(sorted);
  const within = (pairs: StewardRules['apart']) => pairs.map(ordered).filter(([a, b]) => a !== b && known.has(a) && known.has(b));
  const forbidden = new Set(within(rules.apart).map(keyOf));
  const margins = new Map<string, number>();
  const quarantined = sorted.length > largest;
  if (!quarantined)
    for (const [place, one] of sorted.entries())
      for (const other of sorted.slice(place + 1)) margins.set(keyOf([one, other]), marginOf(pairOf(one, other)));

  const groups: Group[] = sorted.map((subject) => ({ members: [subject] }));
  const contradictions: [string, string][] = [];
  const together = new Map(within(rules.together).map((pair) => [keyOf(pair), pair]));
  for (const key of [...together.keys()].sort()) {
    const [a, b] = together.get(key) as [string, string];
    const [one, other] = [groupOf(groups, a), groupOf(groups, b)];
    if (one === other) continue;
    if (pairs(one, other).some((pair) => forbidden.has(keyOf(pair)))) contradictions.push([a, b]);
    else join(groups, one, other);
  }
  for (const pair of within(rules.apart)) if (groupOf(groups, pair[0]) === groupOf(groups, pair[1])) contradictions.push(pair);
  if (!quarantined) linkByAverage(groups, margins, forbidden);
  const people = groups.map(({ members }) => [...members].sort()).sort((a, b) => compare(a[0] as string, b[0] as string));
  return { people, contradictions: contradictions.sort((a, b) => compare(keyOf(a), keyOf(b))), quarantined };
}

function linkByAverage(groups: Group[], margins: Map<string, number>, forbidden: Set<string>): void {
  for (;;) {
    let best: { one: Group; other: Group; sum: number; count: number; key: string } | null = null;
    for (const [place, one] of groups.entries())
      for (const other of groups.slice(place + 1)) {
        const keys = pairs(one, other).map(keyOf);
        if (keys.some((key) => forbidden.has(key))) continue;
        // One pair that a cap holds apart makes the sum minus infinity.
        const sum = keys.reduce((total, key) => total + (margins.get(key) ?? 0), 0);
        if (sum < 0) continue;
        const key = keyOf(ordered([least(one), least(other)]));
        // Averages are compared as whole numbers, crosswise; on a tie the pair of least subjects goes first.
        const lead = best ? sum * best.count - best.sum * keys.length : 1;
        if (!best || lead > 0 || (lead === 0 && key < best.key)) best = { one, other, sum, count: keys.length, key };
      }
    if (!best) return;
    join(groups, best.one, best.other);
  }
}

/** Something that only a steward may join; the other caps say that too little is known, and a third record may know more. */
const SPEAKS_AGAINST: ReadonlySet<Cap['reason']> = new Set(['twins', 'siblings', 'generations', 'two identifiers', 'identifier clash']);

/** How far a pair is above what a join asks, milli-bits; a pair for review is below it; one that something speaks against is never crossed. */
function marginOf({ weight, zone, caps, thresholds }: ComparedPair): number {
  if (caps.some(({ reason, holds }) => holds === 'apart' || SPEAKS_AGAINST.has(reason))) return -Infinity;
  return zone === 'join' ? weight - thresholds.join : Math.min(weight - thresholds.join, -1);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const ordered = ([a, b]: readonly [string, string]): [string, string] => (a < b ? [a, b] : [b, a]);
const keyOf = ([a, b]: readonly [string, string]) => `${a} ${b}`;
const least = ({ members }: Group) => members.reduce((low, member) => (member < low ? member : low));
const pairs = (one: Group, other: Group) => one.members.flatMap((a) => other.members.map((b) => ordered([a, b])));
const groupOf = (groups: Group[], subject: string) => groups.find(({ members }) => members.includes(subject)) as Group;

function join(groups: Group[], one: Group, other: Group): void {
  groups.splice(groups.indexOf(other), 1);
  one.members.push(...other.members);
}
