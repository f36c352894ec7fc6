/** How a table of the read model is declared: once, here; CREATE TABLE and the upsert are both generated from it. */

/** PostgreSQL types a column may have, with the JavaScript value that stands for each. */
interface ValueOfType {
  uuid: string;
  text: string;
  smallint: number;
  int: number;
  bigint: number;
  boolean: boolean;
  jsonb: object;
  bytea: Uint8Array;
  'text[]': readonly string[];
}
export type ColumnType = keyof ValueOfType;
export type Columns = Readonly<Record<string, ColumnType>>;
export type Registers = Readonly<Record<string, Columns>>;

/** The values of a group of columns; null stands for "not known". */
export type Values<C extends Columns> = { readonly [K in keyof C]: ValueOfType[C[K]] | null };

export interface Table<K extends Columns = Columns, P extends Columns = Columns, R extends Registers = Registers> {
  name: string;
  key: K;
  /** Written with the row's first insert and never again. */
  plain: P;
  /** Column groups that are won as a whole by the highest version. */
  registers: R;
  /** Secondary indexes: what stands behind `ON <table>`. A rebuild makes them after its bulk phase. */
  indexes: readonly string[];
  /** Share of a page filled by inserts; the rest lets an update stay on its page and touch no index (HOT). */
  fillfactor?: number;
}

/** What orders the states of one register, in this order: greater wins. */
export const VERSION_COLUMNS = { epoch: 'int', position: 'bigint', rank: 'smallint', digest: 'bytea' } as const;

/** What an empty register holds: a comparison with NULL would never fill it, so it is older than any version. */
export const VERSION_DEFAULTS = { epoch: '-1', position: '0', rank: '0', digest: "'\\x'" } as const;

/** Declares a table. Changes nothing; it makes the compiler keep the names. */
export function declareTable<const K extends Columns, const P extends Columns, const R extends Registers>(
  table: Table<K, P, R>,
): Table<K, P, R> {
  return table;
}
