import { type Queryable, type Table, type Upsert, upsertStatement } from '#lib/read-model';
import { ColumnArray } from './column-array.js';
import type { FoldedRow } from './fold.js';

const EMPTY = Buffer.alloc(0);

/** Turns folded rows of one table into the arguments of its prepared upsert: one array per column. */
export class TableWriter {
  private readonly upsert: Upsert;
  private readonly keys: string[];
  private readonly plain: string[];
  private readonly registers: { name: string; columns: number }[];
  private readonly whichUntouched: string;

  constructor(
    schema: string,
    readonly table: Table,
  ) {
    this.upsert = upsertStatement(schema, table);
    this.keys = Object.keys(table.key);
    this.plain = Object.keys(table.plain);
    this.registers = Object.entries(table.registers).map(([name, columns]) => ({ name, columns: Object.keys(columns).length }));
    const arrays = Object.values(table.key).map((type, at) => `$${at + 1}::${type}[]`);
    const same = this.keys.map((name) => `held.${name} = given.${name}`);
    this.whichUntouched = `
      SELECT given.at FROM unnest(${arrays.join(', ')}) WITH ORDINALITY AS given (${this.keys.join(', ')}, at)
      JOIN ${schema}.${table.name} AS held ON ${same.join(' AND ')}
      WHERE held.xmin <> pg_current_xact_id()::xid`;
  }

  /** The statement with its arguments, built here in binary: `pg` would take each value through several conversions to text. */
  statement(rows: readonly FoldedRow[]): { name: string; text: string; values: Buffer[] } {
    const { name, text, columns } = this.upsert;
    const arrays = columns.map(({ type }) => new ColumnArray(type, rows.length));
    for (const row of rows) this.addRow(arrays, row);
    return { name, text, values: arrays.map((array) => array.toBytes()) };
  }

  /**
   * Of rows just written in this transaction, those in which nothing was newer than what the table held: an upsert leaves such rows alone,
   * so they still bear the number of the transaction that wrote them last.
   */
  async untouched(client: Queryable, rows: readonly FoldedRow[]): Promise<Set<FoldedRow>> {
    const arrays = this.keys.map((name) => rows.map(({ key }) => key[name]));
    const { rows: found } = await client.query(this.whichUntouched, arrays);
    return new Set((found as { at: number }[]).map(({ at }) => rows[at - 1]!));
  }

  private addRow(arrays: ColumnArray[], row: FoldedRow): void {
    let at = 0;
    for (const name of this.keys) arrays[at++]!.add(row.key[name]);
    for (const name of this.plain) arrays[at++]!.add(row.plain[name]);
    for (const { name, columns } of this.registers) {
      const held = row.registers[name];
      if (held) {
        let start = held.start;
        for (let column = 0; column < columns; column += 1) start = arrays[at++]!.addFrom(row.slab.bytes, start);
      } else {
        for (let column = 0; column < columns; column += 1) arrays[at++]!.add(null);
      }
      arrays[at++]!.add(held ? held.epoch : -1);
      arrays[at++]!.add(held ? held.position : 0);
      arrays[at++]!.add(held ? held.rank : 0);
      arrays[at++]!.add(held ? Buffer.from(held.digest, 'hex') : EMPTY);
    }
  }
}
