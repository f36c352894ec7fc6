import { type Columns, type ColumnType, type Table, VERSION_COLUMNS } from './table.js';

/** A statement that takes one array per column, in the order of `columns`. */
export interface Upsert {
  /** Name to prepare it under; differs per generation. */
  name: string;
  text: string;
  columns: readonly { name: string; type: ColumnType }[];
}

/**
 * The upsert of a declared table: many rows at once through `unnest`, one row per key at most, each register won by the greater
 * (epoch, position, rank, digest). A row in which no register is newer is not touched at all, so a replay writes nothing.
 */
export function upsertStatement(schema: string, table: Table): Upsert {
  const columns = columnsOf(table);
  const names = columns.map(({ name }) => name);
  const text = [
    `INSERT INTO ${schema}.${table.name} AS held (${names.join(', ')})`,
    `SELECT ${columns.map(({ type }, index) => unnested(type, `$${index + 1}`)).join(', ')}`,
    `ON CONFLICT (${Object.keys(table.key).join(', ')}) DO ${conflictAction(table)}`,
  ];
  return { name: `upsert ${schema}.${table.name}`, text: text.join('\n'), columns };
}

/** Every column of a declared table in statement order: key, plain, then each register's values followed by its version. */
function columnsOf(table: Table): { name: string; type: ColumnType }[] {
  const listed = (columns: Columns) => Object.entries(columns).map(([name, type]) => ({ name, type }));
  const registers = Object.entries(table.registers).flatMap(([register, columns]) => [
    ...listed(columns),
    ...Object.entries(VERSION_COLUMNS).map(([part, type]) => ({ name: `${register}_${part}`, type })),
  ]);
  return [...listed(table.key), ...listed(table.plain), ...registers];
}

/**
 * In the select list, where arrays of one length are taken apart in step, row by row; `FROM unnest(…)` first builds a table of each array.
 * unnest would take a nested array apart, so a list travels as its own array literal.
 */
const unnested = (type: ColumnType, array: string) =>
  type === 'text[]' ? `unnest(${array}::text[])::text[]` : `unnest(${array}::${type}[])`;

function conflictAction(table: Table): string {
  const registers = Object.entries(table.registers);
  if (registers.length === 0) return 'NOTHING';
  const assignments = registers.flatMap(([register, columns]) =>
    [...Object.keys(columns), ...Object.keys(VERSION_COLUMNS).map((part) => `${register}_${part}`)].map(
      (column) => `${column} = CASE WHEN ${newer(register)} THEN excluded.${column} ELSE held.${column} END`,
    ),
  );
  return `UPDATE SET\n  ${assignments.join(',\n  ')}\nWHERE ${registers.map(([register]) => newer(register)).join(' OR ')}`;
}

const newer = (register: string) => `${version('excluded', register)} > ${version('held', register)}`;

const version = (row: string, register: string) =>
  `(${Object.keys(VERSION_COLUMNS)
    .map((part) => `${row}.${register}_${part}`)
    .join(', ')})`;
