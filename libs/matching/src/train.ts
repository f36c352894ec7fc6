/** Pairs that came out alike: the place of the level of each comparison (null where missing), and how many pairs they stand for. */
export interface Pattern {
  levels: readonly (number | null)[];
  count: number;
}

/** Counts pairs by how they come out; each stands for so many. */
export function patternsOf<T>(pairs: Iterable<T>, levelsOf: (pair: T) => (number | null)[], each: number): Pattern[] {
  const counted = new Map<string, { levels: (number | null)[]; count: number }>();
  for (const pair of pairs) {
    const levels = levelsOf(pair);
    const key = levels.join();
    const seen = counted.get(key);
    if (seen) seen.count += each;
    else counted.set(key, { levels, count: each });
  }
  return [...counted.values()];
}

/** Shares by comparison, by level. */
export type Shares = readonly (readonly number[])[];

export interface Trained {
  prior: number;
  m: Shares;
  u: Shares;
}

const MOST_STEPS = 1000;
const SETTLED = 1e-6;
/** A level that was not seen was seen half a time, so that it weighs much and not infinitely much. */
const UNSEEN = 0.5;

/**
 * m, u and the prior without a single label, by expectation maximisation (Winkler 1988, as in Splink). `pairs` stand for all pairs of
 * the records: those that blocking brings together, and a random part of the rest with the count it stands for, so that blocking leaves no
 * bias. u begins as the share among all pairs; when m has settled, the matches are taken out of it step by step, since in a small data set they
 * make a rare agreement look common. `sizes`: how many levels each comparison has. Deterministic.
 */
export function train(sizes: readonly number[], pairs: readonly Pattern[], expectedMatches: number): Trained {
  const unseen = sizes.map((size) => Array.from({ length: size }, () => UNSEEN));
  const all = pairs.reduce((sum, { count }) => sum + count, 0);
  // Where nothing is known yet, most matches agree best.
  const m = sizes.map((size) => Array.from({ length: size }, (_, level) => (level === 0 ? 0.9 : 0.1 / (size - 1))));
  const begin = { prior: expectedMatches / all, m, u: sharesOf(unseen, pairs, () => 1) };
  const settled = maximise(pairs, begin, unseen);
  return maximise(pairs, settled, unseen, (chances) => sharesOf(unseen, pairs, (place) => 1 - (chances[place] as number)));
}

/** m and the prior of these pairs, and u where `learnU` makes it of the chances that each is a match. `seen`: counts that m begins with. */
export function maximise(
  pairs: readonly Pattern[],
  begin: Trained,
  seen: Shares,
  learnU?: (chances: readonly number[]) => Shares,
): Trained {
  const all = pairs.reduce((sum, { count }) => sum + count, 0);
  let model = begin;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const chances = pairs.map(({ levels }) => chanceOf(levels, model));
    const matches = pairs.reduce((sum, { count }, place) => sum + count * (chances[place] as number), 0);
    const next: Trained = {
      prior: Math.min(matches / all, 1 - 1e-9),
      m: sharesOf(seen, pairs, (place) => chances[place] as number),
      u: learnU?.(chances) ?? model.u,
    };
    const { m: before } = model;
    model = next;
    if (next.m.every((shares, at) => shares.every((share, level) => Math.abs(share - (before[at]?.[level] ?? 0)) < SETTLED))) break;
  }
  return model;
}

/** The chance that a pair is a match. */
function chanceOf(levels: readonly (number | null)[], { m, u, prior }: Trained): number {
  let odds = prior / (1 - prior);
  for (const [comparison, level] of levels.entries())
    if (level !== null) odds *= (m[comparison]?.[level] ?? 1) / (u[comparison]?.[level] ?? 1);
  return odds === Infinity ? 1 : odds / (1 + odds);
}

/** How pairs share out over levels, each counted as `weigh` says, beside what was `seen` before. */
export function sharesOf(seen: Shares, pairs: readonly Pattern[], weigh: (place: number) => number): Shares {
  const sums = seen.map((levels) => [...levels]);
  for (const [place, { levels, count }] of pairs.entries()) {
    const weight = weigh(place) * count;
    for (const [comparison, level] of levels.entries())
      if (level !== null) (sums[comparison] as number[])[level] = (sums[comparison]?.[level] ?? 0) + weight;
  }
  return sums.map((levels) => {
    const total = levels.reduce((sum, share) => sum + share, 0);
    return levels.map((share) => share / total);
  });
}
