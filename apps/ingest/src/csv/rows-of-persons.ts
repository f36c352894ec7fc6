import type { Row } from '../convert/column.js';
import type { RowVersion } from '../rows/fact.js';
import type { Table } from '../sources/mapping.js';

/** A row's cells by column, with its place. */
export interface PlacedRow {
  row: number;
  cells: Row;
}

/**
 * Where several rows of a file tell one person, each as far as it knows: the row of each person that is believed.
 * @param rows the whole file @returns rows by the record's id; undefined for a table in which every person has one row
 */
export async function rowsOfPersons(
  { person, personBy }: Table,
  { position }: RowVersion,
  rows: AsyncIterable<PlacedRow>,
): Promise<ReadonlyMap<string, number> | undefined> {
  if (!person || !personBy) return undefined;
  const today = new Date(position / 1000).toISOString().slice(0, 10);
  const believed = new Map<string, { row: number; by: string }>();
  for await (const { row, cells } of rows) {
    const [id, found] = [person.recordId.read(cells, today), personBy.read(cells, today)];
    if (typeof id !== 'string') continue;
    const by = typeof found === 'string' ? found : '';
    const before = believed.get(id);
    if (!before || by > before.by) believed.set(id, { row, by });
  }
  return new Map([...believed].map(([id, { row }]) => [id, row]));
}
