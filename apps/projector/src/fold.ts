import type { Columns, Table, Values } from '#lib/read-model';
import { ByteSlab } from './byte-slab.js';
import { compareVersions, HeldRegister } from './held-register.js';
import type { Key, RegisterWrite } from './register-write.js';

/** One row per key, each register at its greatest version. */
export interface FoldedRow {
  key: Key;
  plain: Values<Columns>;
  /** Registers that nothing wrote are absent. */
  registers: Record<string, HeldRegister>;
  /** Holds the registers' values. */
  slab: ByteSlab;
}

const FIRST_BYTES = 4_096;

/** A batch's register writes, folded. The order in which they are added makes no difference. */
export class Fold {
  private readonly slab = new ByteSlab(FIRST_BYTES);
  private readonly tables = new Map<Table, Map<string, FoldedRow>>();

  /** The greater (epoch, position, rank, digest) wins, as in the upsert. @throws RowRefusedError where a token is no UUID. */
  add(write: RegisterWrite): void {
    const { registers } = this.rowFor(write);
    const held = registers[write.register];
    const order = held ? compareVersions(write, held) : 1;
    if (order < 0) return;
    const given = new HeldRegister(write, this.slab);
    if (order > 0 || given.digest > held!.digest) registers[write.register] = given;
  }

  /** The rows of one table, sorted by key: every writer locks rows in the same order, so none waits for another in a circle. */
  rowsOf(table: Table): FoldedRow[] {
    const rows = this.tables.get(table);
    if (!rows) return [];
    return [...rows.keys()].sort().map((key) => rows.get(key)!);
  }

  private rowFor({ table, key, plain }: RegisterWrite): FoldedRow {
    let rows = this.tables.get(table);
    if (!rows) this.tables.set(table, (rows = new Map()));
    const name = keyText(key);
    let row = rows.get(name);
    if (!row) rows.set(name, (row = { key, plain, registers: {}, slab: this.slab }));
    return row;
  }
}

/** NUL can't occur in a text that PostgreSQL takes, so no two keys meet. */
function keyText(key: Key): string {
  let text = '';
  for (const name in key) text += `${key[name]}\u0000`;
  return text;
}
