/**
 * Prints rows as one JSON array, or as a table for people.
 * @param columns heading → how to show a row under it
 * @param whenEmpty said instead of a table without rows
 */
export function print<Row>(rows: Row[], columns: Record<string, (row: Row) => string>, o: { json?: boolean; whenEmpty: string }): void {
  if (o.json) console.log(JSON.stringify(rows, null, 2));
  else if (rows.length === 0) console.log(o.whenEmpty);
  else console.log(tableOf(rows, columns));
}

/** Columns as wide as their widest cell, two spaces between. */
export function tableOf<Row>(rows: Row[], columns: Record<string, (row: Row) => string>): string {
  const cells = [Object.keys(columns), ...rows.map((row) => Object.values(columns).map((show) => show(row)))];
  const widths = Object.keys(columns).map((_, at) => Math.max(...cells.map((line) => line[at]?.length ?? 0)));
  return cells
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** A duration people read at a glance: `4 s`, `12 min`, `3 h`, `2 days`. */
export function ago(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

/** Prints one answer: the whole of it as JSON, or what people read of it. */
export function tell(answer: unknown, lines: readonly string[], o: { json?: boolean }): void {
  console.log(o.json ? JSON.stringify(answer, null, 2) : lines.join('\n'));
}

/** An instant as people in operations write it, to the second; nothing for null. */
export const instantWords = (at: number | null): string => (at === null ? '' : `${new Date(at).toISOString().slice(0, 19)}Z`);
