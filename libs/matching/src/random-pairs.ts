/** A pair of places in a list, the lesser first. */
export type PlacePair = readonly [number, number];

const GOLDEN = 0.618_033_988_749_895;

/** At most so many pairs of `count` places, spread evenly over all that are not `taken`: every one where there are few, else steps of a golden ratio. */
export function* randomPairs(count: number, most: number, taken: readonly PlacePair[] = []): Generator<PlacePair> {
  const out = new Set(taken.map(([one, other]) => one * count + other));
  const all = (count * (count - 1)) / 2;
  let step = all <= most ? 1 : Math.floor(all * GOLDEN);
  while (step > 1 && greatestDivisor(step, all) > 1) step += 1;
  for (let seen = 0, index = 0; seen < Math.min(all, most); seen += 1, index = (index + step) % all) {
    const later = Math.floor((1 + Math.sqrt(1 + 8 * index)) / 2);
    const earlier = index - (later * (later - 1)) / 2;
    if (!out.has(earlier * count + later)) yield [earlier, later];
  }
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));
