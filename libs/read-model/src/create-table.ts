import { type Columns, type Table, VERSION_COLUMNS, VERSION_DEFAULTS } from './table.js';

/** The statement that creates a declared table inside a generation's schema, without its secondary indexes. */
export function createTableStatement(schema: string, table: Table): string {
  const registers = Object.entries(table.registers).flatMap(([name, columns]) => [...definitions(columns, ''), ...versions(name)]);
  const lines = [
    ...definitions(table.key, ' NOT NULL'),
    ...definitions(table.plain, ''),
    ...registers,
    `PRIMARY KEY (${Object.keys(table.key).join(', ')})`,
  ];
  const storage = table.fillfactor === undefined ? '' : ` WITH (fillfactor = ${table.fillfactor})`;
  return `CREATE TABLE ${schema}.${table.name} (\n  ${lines.join(',\n  ')}\n)${storage}`;
}

/** The statements that create a table's secondary indexes, each unless it is there: a build killed between two of them goes on. */
export function createIndexStatements(schema: string, table: Table): string[] {
  return table.indexes.map((index, at) => `CREATE INDEX IF NOT EXISTS ${table.name}_${at + 1} ON ${schema}.${table.name} ${index}`);
}

const definitions = (columns: Columns, constraint: string) => Object.entries(columns).map(([name, type]) => `${name} ${type}${constraint}`);

const versions = (register: string) =>
  Object.entries(VERSION_COLUMNS).map(
    ([part, type]) => `${register}_${part} ${type} NOT NULL DEFAULT ${VERSION_DEFAULTS[part as keyof typeof VERSION_DEFAULTS]}`,
  );
