import { type Columns, type Table, tables } from '#lib/read-model';

/** The tables a log's facts go to; what else the projector keeps is its own bookkeeping. */
export const FACT_TABLES: readonly Table[] = [tables.record, tables.involvement, tables.relationship];

/** All columns of a table but those that say of which version a register is: its key, and the rest. */
export function plainColumns(table: Table): { key: Columns; rest: Columns } {
  return { key: table.key, rest: Object.assign({}, table.plain, ...Object.values(table.registers)) as Columns };
}

/** Between the texts of a list: the sink's unnest takes no arrays, so a list is one text there, indexed as the list it stands for. */
export const LIST_SEPARATOR = '\n';

/** The statements that make the table for the sink: the same columns, primary key, indexes and free space. */
export function plainTableStatements(table: Table): string[] {
  const { key, rest } = plainColumns(table);
  const columns = Object.entries({ ...key, ...rest }).map(([name, type]) => `${name} ${type === 'text[]' ? 'text' : type}`);
  const lists = Object.keys(rest).filter((name) => rest[name] === 'text[]');
  const indexed = (index: string) => lists.reduce((text, name) => text.replace(`(${name})`, `(string_to_array(${name}, E'\\n'))`), index);
  return [
    `CREATE TABLE ${table.name} (${columns.join(', ')}, PRIMARY KEY (${Object.keys(key).join(', ')})) WITH (fillfactor = ${table.fillfactor ?? 100})`,
    ...table.indexes.map((index) => `CREATE INDEX ON ${table.name} ${indexed(index)}`),
  ];
}

/** The key of the last row of a partition: no fact has it. */
export function endOf(table: Table, partition: number): Record<string, string> {
  const [text, uuid] = [`end ${partition}`, `00000000-0000-0000-0000-${String(partition).padStart(12, '0')}`];
  return Object.fromEntries(Object.entries(table.key).map(([name, type]) => [name, type === 'uuid' ? uuid : text]));
}
