import { isConflict } from './caps.js';
import type { ComparedPair } from './compare-pair.js';
import { keptSideBySide, pairsOnce } from './kept-side-by-side.js';
import { linkByAverage } from './link-by-average.js';

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

/**
 * The people among the records of one component, by average linkage: the two groups whose pairs are on average furthest above what a join
 * asks join first, and so on while any average reaches it. Stewards' rules, pairs in conflict and what a source keeps side by side are never crossed. A pure
 * function of the set: the order of subjects and rules changes nothing. `pairOf` is asked for every pair once; n² in memory, so a
 * component over `largest` is not clustered.
 */
export function cluster(
  subjects: readonly string[],
  pairOf: (one: string, other: string) => ComparedPair,
  rules: StewardRules,
  largest: number,
): Clustered {
  const sorted = [...new Set(subjects)].sort();
  const placeOf = new Map(sorted.map((subject, place) => [subject, place]));
  const together = within(rules.together);
  const apart = within(rules.apart);
  const forbidden = new Set(apart.map(([a, b]) => a * sorted.length + b));
  const isForbidden = (a: number, b: number) => forbidden.has(Math.min(a, b) * sorted.length + Math.max(a, b));

  const groups = sorted.map((_, place) => [place]);
  const groupOf = (place: number) => groups.find((members) => members.includes(place)) as number[];
  const contradictions = [];
  for (const pair of together) {
    const [one, other] = [groupOf(pair[0]), groupOf(pair[1])];
    if (one === other) continue;
    if (one.some((a) => other.some((b) => isForbidden(a, b)))) contradictions.push(pair);
    else one.push(...groups.splice(groups.indexOf(other), 1).flat());
  }

  const quarantined = sorted.length > largest;
  const subject = (place: number) => sorted[place] as string;
  const people = quarantined ? groups : linkByAverage(groups, marginsOf(sorted.length));
  return {
    people: inOrder(people).map((members) => members.map(subject)),
    contradictions: contradictions.sort(byPlaces).map(([a, b]) => [subject(a), subject(b)]),
    quarantined,
  };

  function marginsOf(count: number): (a: number, b: number) => number {
    const pairs = pairsOnce(count, (a, b) => pairOf(subject(a), subject(b)));
    const witnessed = keptSideBySide(count, pairs, (a, b) => groupOf(a) === groupOf(b));
    return (a, b) => (isForbidden(a, b) || witnessed(a, b) ? -Infinity : marginOf(pairs(a, b)));
  }

  /** The pairs of rules that are about these subjects, as places, each once and in order. */
  function within(pairs: StewardRules['apart']): [number, number][] {
    const places = new Map<number, [number, number]>();
    for (const [one, other] of pairs) {
      const [a, b] = [placeOf.get(one), placeOf.get(other)];
      if (a !== undefined && b !== undefined && a !== b)
        places.set(Math.min(a, b) * sorted.length + Math.max(a, b), [Math.min(a, b), Math.max(a, b)]);
    }
    return [...places.values()].sort(byPlaces);
  }
}

/** How far a pair is above what a join asks, milli-bits; a pair for review is below it; one in conflict is crossed by stewards alone. */
function marginOf({ weight, zone, caps, thresholds }: ComparedPair): number {
  if (caps.some(isConflict)) return -Infinity;
  return zone === 'join' ? weight - thresholds.join : Math.min(weight - thresholds.join, -1);
}

const byPlaces = ([a, b]: readonly [number, number], [c, d]: readonly [number, number]) => a - c || b - d;
const inOrder = (groups: readonly (readonly number[])[]) =>
  groups.map((members) => [...members].sort((a, b) => a - b)).sort(([a = 0], [b = 0]) => a - b);
