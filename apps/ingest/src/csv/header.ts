import { nearestOf } from '#lib/events';
import { columnsOf } from '../rows/read-fields.js';
import type { Table } from '../sources/mapping.js';

/** How a file's first row fits the columns of a mapping. */
export interface Header {
  /** Place in the row of each column of the mapping. */
  places: Map<string, number>;
  /** Cells a row has at least: as many as have a name. */
  narrowest: number;
  /** Cells a row has at most: a header may end with some that have no name. */
  width: number;
  /** Columns of the mapping that the file lacks: it is refused. */
  missing: { column: string; fix: string }[];
  /** Columns that stand there twice: nobody can tell which is meant. */
  twice: string[];
  /** Found under another name, to be confirmed by who sends it. */
  taken: { column: string; header: string }[];
  /** The same by column. */
  headers: Map<string, string>;
  /** How many columns of the file nobody reads. */
  unread: number;
  /** Their headers, 50 at most: none where a column is missing, as the first row may then be no header and hold somebody. */
  unreadNames: string[];
}

/** More columns, or longer headers, no export has: that is no header, and not worth comparing. */
const MOST_COLUMNS = 2_000;
const LONGEST_HEADER = 200;
const MOST_NAMED = 50;

const plain = (header: string) => header.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');

/** Finds a mapping's columns in a file's first row: by name, whatever case and punctuation, or under another header they have been seen with. */
export function headerOf(table: Table, cells: readonly string[]): Header {
  const names = cells.slice(0, MOST_COLUMNS).map((cell) => (cell.length > LONGEST_HEADER ? '' : cell.trim()));
  const plains = names.map(plain);
  const columns = [...new Set(columnsOf(table))];
  const header: Header = {
    places: new Map(),
    width: cells.length,
    narrowest: 0,
    missing: [],
    twice: [],
    taken: [],
    headers: new Map(),
    unread: 0,
    unreadNames: [],
  };
  for (const column of columns) {
    const known = [column, ...(table.alsoCalled?.[column] ?? [])].map(plain);
    const exact = placesWhere(names, (name) => name === column);
    const found = exact.length > 0 ? exact : placesWhere(plains, (name) => known.includes(name));
    if (found.length === 0) header.missing.push({ column, fix: fixFor(column, names) });
    if (found.length > 1) header.twice.push(column);
    if (found.length !== 1) continue;
    header.places.set(column, found[0]!);
    if (exact.length > 0) continue;
    header.taken.push({ column, header: names[found[0]!]! });
    header.headers.set(column, names[found[0]!]!);
  }
  header.narrowest = cells.findLastIndex((cell) => cell.trim() !== '') + 1;
  if (header.missing.length === 0 && header.twice.length === 0) header.unreadNames = unreadNames(names, new Set(header.places.values()));
  header.unread = cells.filter((cell) => cell.trim() !== '').length - header.places.size;
  return header;
}

const unreadNames = (names: readonly string[], read: ReadonlySet<number>) =>
  names.filter((name, at) => name !== '' && !read.has(at)).slice(0, MOST_NAMED);

const placesWhere = (names: readonly string[], fits: (name: string) => boolean) => names.flatMap((name, at) => (fits(name) ? [at] : []));

function fixFor(column: string, names: readonly string[]): string {
  const [nearest] = nearestOf(column, names);
  return nearest
    ? `Is it the column ${nearest}? Then rename it, or have that name added to the mapping.`
    : 'Add the column to the export, empty where nothing is known, or have it taken out of the mapping.';
}
