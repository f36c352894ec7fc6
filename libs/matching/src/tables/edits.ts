/** Letters to insert, delete or replace to make one text of the other. */
export const levenshtein = (one: string, other: string): number => edits(one, other, false);

/** The same, where two letters that change places are one edit, also around letters inserted or deleted between them (as DuckDB counts). */
export const damerauLevenshtein = (one: string, other: string): number => edits(one, other, true);

function edits(one: string, other: string, exchanges: boolean): number {
  if (one === other) return 0;
  const width = other.length + 1;
  const table = new Uint16Array((one.length + 1) * width);
  const at = (i: number, j: number) => table[i * width + j] as number;
  for (let i = 0; i <= one.length; i += 1) table[i * width] = i;
  for (let j = 0; j <= other.length; j += 1) table[j] = j;
  /** The last row of each letter of `one` above the present one. */
  const rows = new Map<string, number>();
  for (let i = 1; i <= one.length; i += 1) {
    let column = 0;
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      let least = at(i - 1, j - 1) + (same ? 0 : 1);
      if (at(i - 1, j) + 1 < least) least = at(i - 1, j) + 1;
      if (at(i, j - 1) + 1 < least) least = at(i, j - 1) + 1;
      const row = rows.get(other[j - 1] as string) ?? 0;
      const exchanged = exchanges && row > 0 && column > 0 ? at(row - 1, column - 1) + (i - row) + (j - column) - 1 : least;
      if (exchanged < least) least = exchanged;
      if (same) column = j;
      table[i * width + j] = least;
    }
    rows.set(one[i - 1] as string, i);
  }
  return at(one.length, other.length);
}
