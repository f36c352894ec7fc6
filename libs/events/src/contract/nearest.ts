/** The words of a list that a misspelt one may have meant, nearest first, three at most. Case, spaces, `-` and `_` do not count. */
export function nearestOf(word: unknown, words: readonly string[]): string[] {
  if (typeof word !== 'string' || word.length === 0 || word.length > 60) return [];
  const typed = plain(word);
  return words
    .map((candidate) => ({ candidate, distance: editsBetween(typed, plain(candidate)) }))
    .filter(({ candidate, distance }) => distance <= Math.max(1, Math.floor(candidate.length / 3)))
    .sort((a, b) => a.distance - b.distance)
    .filter(({ distance }, _, [nearest]) => distance <= nearest!.distance + 2)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

const plain = (word: string) => word.toLowerCase().replaceAll(/[\s_-]/g, '');

/** Levenshtein distance: letters to add, drop or change. */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next[j] = Math.min(change, row[j]! + 1, next[j - 1]! + 1);
    }
    row = next;
  }
  return row[b.length]!;
}
