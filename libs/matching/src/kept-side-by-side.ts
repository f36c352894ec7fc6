import { OTHER_FORMS } from './caps.js';
import type { ComparedPair } from './compare-pair.js';
import type { Comparison } from './levels.js';

type PairOf = (a: number, b: number) => ComparedPair;

/**
 * Whether a source bears witness that two records are of two people, though their names may be forms of one: it keeps an Anna and a Hannah side
 * by side, so no Anna, its own or another source's, is a Hannah there. Only a shared number says more.
 * @param pairOf of places from 0 to `count` - 1 @param settled whether stewards said that two are one person: then they are no witness
 */
export function keptSideBySide(
  count: number,
  pairOf: PairOf,
  settled: (a: number, b: number) => boolean,
): (a: number, b: number) => boolean {
  const places = Array.from({ length: count }, (_, place) => place);
  const called = (place: number) => places.filter((other) => other === place || isCalled(pairOf(place, other)));
  const apart = new Set<number>();
  for (const one of places)
    for (const other of places.slice(one + 1))
      if (isSideBySide(pairOf(one, other)) && !settled(one, other))
        for (const a of called(one))
          for (const b of called(other)) if (a !== b && inOtherForms(pairOf(a, b))) apart.add(keyOf(count, a, b));
  return (a, b) => apart.has(keyOf(count, a, b));
}

/** Asks for each pair of places once. */
export function pairsOnce(count: number, pairOf: PairOf): PairOf {
  const pairs = new Map<number, ComparedPair>();
  return (a, b) => {
    const key = keyOf(count, a, b);
    const known = pairs.get(key) ?? pairOf(a, b);
    pairs.set(key, known);
    return known;
  };
}

const keyOf = (count: number, a: number, b: number) => Math.min(a, b) * count + Math.max(a, b);
const levelOf = ({ parts }: ComparedPair, of: Comparison) => parts.find(({ comparison }) => comparison === of)?.level ?? 'missing';
const isSideBySide = ({ caps }: ComparedPair) => caps.some(({ reason }) => reason === 'side by side');
/** One given name, and birthdays that may be one. */
const isCalled = (pair: ComparedPair) => levelOf(pair, 'given_name') === 'same' && levelOf(pair, 'date_of_birth') !== 'different';
const inOtherForms = (pair: ComparedPair) =>
  OTHER_FORMS.includes(levelOf(pair, 'given_name')) && levelOf(pair, 'nhs_number') !== 'same' && levelOf(pair, 'upn') !== 'same';
