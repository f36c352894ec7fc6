import { type ColumnType, type Table, type Upsert, upsertStatement } from '#lib/read-model';
import { arrayElement, columnText } from './column-text.js';
import type { FoldedRow } from './fold.js';

/** Turns folded rows of one table into the arguments of its prepared upsert: one array literal per column. */
export class TableWriter {
  private readonly upsert: Upsert;

  constructor(
    schema: string,
    readonly table: Table,
  ) {
    this.upsert = upsertStatement(schema, table);
  }

  /** The statement with its arguments. Array literals are built here: `pg` would take each value through several general conversions. */
  statement(rows: readonly FoldedRow[]): { name: string; text: string; values: string[] } {
    const { name, text, columns } = this.upsert;
    const values = Array.from(columns, () => '');
    for (const row of rows) {
      let at = 0;
      const put = (type: ColumnType, value: string | null) => {
        values[at] += `${values[at] === '' ? '{' : ','}${arrayElement(type, value)}`;
        at += 1;
      };
      this.putRow(row, put);
    }
    return { name, text, values: values.map((value) => `${value === '' ? '{' : value}}`) };
  }

  private putRow(row: FoldedRow, put: (type: ColumnType, value: string | null) => void): void {
    const { key, plain, registers } = this.table;
    for (const name in key) put(key[name]!, columnText(key[name]!, row.key[name]));
    for (const name in plain) put(plain[name]!, columnText(plain[name]!, row.plain[name]));
    for (const register in registers) {
      const held = row.registers[register];
      let index = 0;
      for (const name in registers[register]) {
        put(registers[register][name]!, held ? held.texts[index]! : null);
        index += 1;
      }
      put('int', held ? String(held.write.epoch) : '-1');
      put('bigint', held ? String(held.write.position) : '0');
      put('smallint', held ? String(held.write.rank) : '0');
      put('bytea', held ? `\\x${held.digest}` : '\\x');
    }
  }
}
