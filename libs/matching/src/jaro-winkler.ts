/** Jaro-Winkler similarity, 0 to 1 (Winkler 1990, prefix 0.1 up to four letters). Symmetric: the shorter, then the lesser, leads. */
export function jaroWinkler(one: string, other: string): number {
  if (one === other) return one === '' ? 0 : 1;
  const swap = one.length > other.length || (one.length === other.length && one > other);
  const [a, b] = swap ? [other, one] : [one, other];
  const reach = Math.max(0, Math.floor(b.length / 2) - 1);
  const taken: boolean[] = [];
  const fromA: string[] = [];
  for (let i = 0; i < a.length; i += 1) {
    const last = i + reach < b.length - 1 ? i + reach : b.length - 1;
    for (let j = i > reach ? i - reach : 0; j <= last; j += 1)
      if (!taken[j] && a[i] === b[j]) {
        taken[j] = true;
        fromA.push(a[i] as string);
        break;
      }
  }
  const same = fromA.length;
  if (same === 0) return 0;
  const fromB: string[] = [];
  for (let j = 0; j < taken.length; j += 1) if (taken[j]) fromB.push(b[j] as string);
  const moved = fromA.filter((letter, place) => letter !== fromB[place]).length / 2;
  const jaro = (same / a.length + same / b.length + (same - moved) / same) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix += 1;
  return jaro + prefix * 0.1 * (1 - jaro);
}
