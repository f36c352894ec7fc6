import type { PlacePair } from '../random-pairs.js';
import type { Row } from './condition.js';
import type { BlockingRule } from './table-model.js';

/** The pairs of rows for which a rule holds either way round, each once, in order. */
export function blockRows(rows: readonly Row[], rules: readonly BlockingRule[]): PlacePair[] {
  const found = new Set<number>();
  for (const { left, right } of rules) {
    const places = new Map<string, number[]>();
    for (const [place, row] of rows.entries()) {
      const key = right(row);
      if (key !== null) places.set(key, [...(places.get(key) ?? []), place]);
    }
    for (const [place, row] of rows.entries()) {
      const key = left(row);
      for (const other of key === null ? [] : (places.get(key) ?? []))
        if (other !== place) found.add(Math.min(place, other) * rows.length + Math.max(place, other));
    }
  }
  return [...found].sort((a, b) => a - b).map((pair) => [Math.floor(pair / rows.length), pair % rows.length]);
}
