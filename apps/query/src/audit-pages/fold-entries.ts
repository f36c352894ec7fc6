import type { AuditRow } from '#lib/audit';

/** One line of a list: an entry, or all that one answer put on record of the people in one list. Newest first. */
export type Line = readonly [AuditRow, ...AuditRow[]];

/** Entries, newest first, as lines: everybody whom one answer listed is one of them, or a list of thirty would drown what was opened. */
export function foldedLines(rows: readonly AuditRow[]): Line[] {
  const lines: [AuditRow, ...AuditRow[]][] = [];
  for (const row of rows) {
    const line = lines.at(-1);
    if (line !== undefined && isListing(row) && isListing(line[0]) && row.requestId === line[0].requestId) line.push(row);
    else lines.push([row]);
  }
  return lines;
}

/** A page of so many lines, each of them whole. @param cut whether there may be more entries than these, so that the last line may be without its end */
export function pageOf(rows: readonly AuditRow[], { lines: most, cut }: { lines: number; cut: boolean }): { lines: Line[]; more: boolean } {
  const all = foldedLines(rows);
  const whole = cut && all.length > 1 ? all.slice(0, -1) : all;
  const lines = whole.slice(0, most);
  return { lines, more: cut || lines.length < all.length };
}

/** Of a caseload or of search results, not of what stands beside somebody's page. */
const isListing = ({ action, outcome, shown }: AuditRow): boolean =>
  action === 'shown-in-results' && outcome === 'done' && (shown === null || shown.page === undefined);
