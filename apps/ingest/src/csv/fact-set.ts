/** Slots of four numbers: two of the hash, the row, and a mark of what was said. */
const WIDTH = 4;
const FULL = 0.7;

/**
 * Which facts a file holds, in 16 bytes each: a million rows must not fill the memory. A fact is known by 64 bits of its keyed hash; that
 * two of a few million meet is less likely than one in a million.
 */
export class FactSet {
  #slots = new Uint32Array(WIDTH << 12);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(fact: Buffer): boolean {
    return this.#slots[this.#place(fact.readUInt32LE(0), fact.readUInt32LE(4)) + 2] !== 0;
  }

  /**
   * @param row 1 or more @param said a mark of what the row says of the fact
   * @returns the row that held the fact before, and whether it said the same; undefined where it is new
   */
  add(fact: Buffer, row: number, said: number): { row: number; same: boolean } | undefined {
    const [high, low] = [fact.readUInt32LE(0), fact.readUInt32LE(4)];
    let at = this.#place(high, low);
    if (this.#slots[at + 2] !== 0) return { row: this.#slots[at + 2]!, same: this.#slots[at + 3] === said >>> 0 };
    if ((this.#size + 1) * WIDTH > this.#slots.length * FULL) {
      this.#grow();
      at = this.#place(high, low);
    }
    this.#slots.set([high, low, row, said], at);
    this.#size += 1;
    return undefined;
  }

  #place(high: number, low: number): number {
    const slots = this.#slots.length / WIDTH;
    let slot = ((high ^ low) >>> 0) & (slots - 1);
    for (;;) {
      const at = slot * WIDTH;
      if (this.#slots[at + 2] === 0 || (this.#slots[at] === high && this.#slots[at + 1] === low)) return at;
      slot = (slot + 1) & (slots - 1);
    }
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    for (let at = 0; at < old.length; at += WIDTH) {
      if (old[at + 2] === 0) continue;
      this.#slots.set(old.subarray(at, at + WIDTH), this.#place(old[at]!, old[at + 1]!));
    }
  }
}
