/** Pairs that came out alike: the place of the level of each comparison (null where missing), and how many pairs they stand for. */
export interface Pattern {
  levels: readonly (number | null)[];
  count: number;
}

export interface Trained {
  prior: number;
  /** By comparison, by level. */
  m: readonly (readonly number[])[];
  u: readonly (readonly number[])[];
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
  const all = pairs.reduce((sum, { count }) => sum + count, 0);
  const everyone = sharesOf(sizes, pairs, () => 1);
  let model: Trained = { prior: expectedMatches / all, m: startOf(sizes), u: everyone };
  for (const takeOut of [false, true])
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const chances = pairs.map(({ levels }) => chanceOf(levels, model));
      const next: Trained = {
        prior: pairs.reduce((sum, { count }, place) => sum + count * (chances[place] as number), 0) / all,
        m: sharesOf(sizes, pairs, (place) => chances[place] as number),
        u: takeOut ? sharesOf(sizes, pairs, (place) => 1 - (chances[place] as number)) : everyone,
      };
      const settled = next.m.every((shares, at) => shares.every((share, level) => Math.abs(share - (model.m[at]?.[level] ?? 0)) < SETTLED));
      model = next;
      if (settled) break;
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

function sharesOf(sizes: readonly number[], pairs: readonly Pattern[], weigh: (place: number) => number): number[][] {
  const sums = sizes.map((size) => Array.from({ length: size }, () => UNSEEN));
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

/** Where nothing is known yet: most matches agree best. */
const startOf = (sizes: readonly number[]): number[][] =>
  sizes.map((size) => Array.from({ length: size }, (_, level) => (level === 0 ? 0.9 : 0.1 / (size - 1))));
