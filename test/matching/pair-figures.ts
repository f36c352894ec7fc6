export interface PairFigures {
  precision: number;
  recall: number;
  f1: number;
  /** The share of true pairs that weigh more than the heaviest false one. */
  recallWithoutFalse: number;
}

/** How well weights tell true pairs from false ones where a pair is joined at even odds; `truePairs` counts those never compared too. */
export function pairFigures(pairs: readonly { weight: number; same: boolean }[], truePairs: number): PairFigures {
  const joined = pairs.filter(({ weight }) => weight >= 0);
  const right = joined.filter(({ same }) => same).length;
  const heaviestFalse = pairs.reduce((most, { weight, same }) => (same ? most : Math.max(most, weight)), -Infinity);
  const clear = pairs.filter(({ weight, same }) => same && weight > heaviestFalse).length;
  return {
    precision: right / joined.length,
    recall: right / truePairs,
    f1: (2 * right) / (joined.length + truePairs),
    recallWithoutFalse: clear / truePairs,
  };
}
