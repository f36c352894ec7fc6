/**
 * Joins groups of places while the average margin between two of them is not below nothing, the highest average first, on a tie the groups with
 * the least places. One pair of minus infinity is never crossed. Margins are whole numbers, and averages are compared crosswise: the result is
 * exact. Sums between groups are kept, so that a join costs n and the next choice n².
 */
export function linkByAverage(begin: readonly (readonly number[])[], marginBetween: (a: number, b: number) => number): number[][] {
  const groups = begin.map((members) => [...members].sort((a, b) => a - b)).sort(([a = 0], [b = 0]) => a - b);
  const sums = groups.map((one, place) =>
    groups.map((other, beside) => {
      let sum = 0;
      if (beside > place) for (const a of one) for (const b of other) sum += marginBetween(a, b);
      return sum;
    }),
  );
  const sumOf = (a: number, b: number) => (a < b ? sums[a]?.[b] : sums[b]?.[a]) as number;
  /** Groups that are left, by their place in `groups`; a group joins the one before it, so that the least places lead. */
  const left = groups.map((_, place) => place);
  for (;;) {
    let best: { one: number; other: number; sum: number; count: number } | null = null;
    for (const [at, one] of left.entries())
      for (let beside = at + 1; beside < left.length; beside += 1) {
        const other = left[beside] as number;
        const sum = sumOf(one, other);
        if (sum < 0) continue;
        const count = (groups[one]?.length ?? 0) * (groups[other]?.length ?? 0);
        if (!best || sum * best.count > best.sum * count) best = { one, other, sum, count };
      }
    if (!best) return left.map((place) => groups[place] as number[]);
    const { one, other } = best;
    left.splice(left.indexOf(other), 1);
    groups[one]?.push(...(groups[other] as number[]));
    for (const third of left)
      if (third !== one) (sums[Math.min(one, third)] as number[])[Math.max(one, third)] = sumOf(one, third) + sumOf(other, third);
  }
}
