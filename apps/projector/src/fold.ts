import type { Columns, Table, Values } from '#lib/read-model';
import { ByteSlab } from './byte-slab.js';
import { compareVersions, HeldRegister } from './held-register.js';
import type { Key, RegisterWrite } from './register-write.js';
import type { Counts } from './tally.js';

/** One row per key, each register at its greatest version. */
export interface FoldedRow {
  key: Key;
  plain: Values<Columns>;
  /** Registers that nothing wrote are absent. */
  registers: Record<string, HeldRegister>;
  /** Holds the registers' values. */
  slab: ByteSlab;
  /** Where the events that wrote it are counted, once it is known whether the index knew better. */
  counted: Counts[];
}

const FIRST_BYTES = 4_096;

/** A batch's register writes, folded. The order in which they are added makes no difference. */
export class Fold {
  private readonly slab = new ByteSlab(FIRST_BYTES);
  private readonly tables = new Map<Table, Map<string, FoldedRow>>();

  /** Adds all that one event writes. What the batch knows better already is superseded; the rest waits for what the index says. */
  addEvent(writes: readonly RegisterWrite[], counts: Counts): void {
    let newer: FoldedRow | undefined;
    for (const write of writes) newer = this.add(write) ?? newer;
    if (newer) newer.counted.push(counts);
    else if (writes.length === 0) counts.applied += 1;
    else counts.superseded += 1;
  }

  /**
   * The greater (epoch, position, rank, digest) wins, as in the upsert.
   * @returns the row, where the write is newer than what it held. @throws RowRefusedError where a token is no UUID.
   */
  add(write: RegisterWrite): FoldedRow | undefined {
    const row = this.rowFor(write);
    const held = row.registers[write.register];
    const order = held ? compareVersions(write, held) : 1;
    if (order < 0) return undefined;
    const given = new HeldRegister(write, this.slab);
    if (order === 0 && given.digest <= held!.digest) return undefined;
    row.registers[write.register] = given;
    return row;
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
    if (!row) rows.set(name, (row = { key, plain, registers: {}, slab: this.slab, counted: [] }));
    return row;
  }
}

/** NUL can't occur in a text that PostgreSQL takes, so no two keys meet. */
function keyText(key: Key): string {
  let text = '';
  for (const name in key) text += `${key[name]}\u0000`;
  return text;
}
