/**
 * The beginning of a very long key, never with half a character at its end: an index entry in PostgreSQL has a size limit, and one
 * character may unfold into eighteen when normalised.
 */
export function firstPart(value: string, longest: number): string {
  return value.length <= longest ? value : value.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '');
}
