import type { ColumnType } from '#lib/read-model';
import { ByteSlab } from './byte-slab.js';
import { NULL, putValue } from './value-bytes.js';

/** Object ids of the element types in PostgreSQL's catalogue; a list travels as text. */
const ELEMENT: Record<ColumnType, number> = {
  uuid: 2950,
  text: 25,
  smallint: 21,
  int: 23,
  bigint: 20,
  boolean: 16,
  jsonb: 3802,
  bytea: 17,
  'text[]': 25,
};
const HEADER = 20;

/** One column of many rows, as a PostgreSQL array in binary: no text is built here and none is parsed there. */
export class ColumnArray {
  private readonly slab: ByteSlab;
  private length = 0;
  private hasNull = 0;

  constructor(
    readonly type: ColumnType,
    rows: number,
  ) {
    this.slab = new ByteSlab(HEADER + rows * 12);
    this.slab.at = HEADER;
  }

  add(value: unknown): void {
    if (value === null || value === undefined) this.hasNull = 1;
    this.length += 1;
    putValue(this.slab, this.type, value);
  }

  /** Adds a value that stands in bytes as `putValue` has written it. @returns where it ends */
  addFrom(bytes: Buffer, start: number): number {
    const length = bytes.readInt32BE(start);
    if (length === NULL) this.hasNull = 1;
    this.length += 1;
    const end = start + 4 + Math.max(length, 0);
    this.slab.copy(bytes, start, end);
    return end;
  }

  /** One dimension, whether there are nulls, the element type, the length, the lowest index; then the values. */
  toBytes(): Buffer {
    const { slab } = this;
    [1, this.hasNull, ELEMENT[this.type], this.length, 1].forEach((part, index) => slab.putInt32(index * 4, part));
    return slab.bytes.subarray(0, slab.at);
  }
}
