import { hash } from 'node:crypto';
import type { ByteSlab } from './byte-slab.js';
import type { RegisterWrite } from './register-write.js';
import { putValue } from './value-bytes.js';

/** A register as a fold holds it. Its bytes are made once, and only for a write that is compared on a tie or kept to the end. */
export class HeldRegister {
  private madeStart = -1;
  private madeDigest = '';

  constructor(
    readonly write: RegisterWrite,
    private readonly slab: ByteSlab,
  ) {}

  /** Where in the slab its values stand, in the order their columns are declared. */
  get start(): number {
    if (this.madeStart < 0) this.make();
    return this.madeStart;
  }

  /** 128 bits (hex) over the canonical values: decides between different contents of one version, the same way everywhere. */
  get digest(): string {
    if (this.madeStart < 0) this.make();
    return this.madeDigest;
  }

  /** Whether this one wins over the other: greater (epoch, position, rank, digest), as in the upsert. */
  isNewerThan(other: HeldRegister): boolean {
    const [a, b] = [this.write, other.write];
    if (a.epoch !== b.epoch) return a.epoch > b.epoch;
    if (a.position !== b.position) return a.position > b.position;
    if (a.rank !== b.rank) return a.rank > b.rank;
    return this.digest > other.digest;
  }

  private make(): void {
    const { slab } = this;
    const { table, register, values } = this.write;
    const columns = table.registers[register] ?? {};
    this.madeStart = slab.at;
    for (const name in columns) putValue(slab, columns[name]!, values[name]);
    this.madeDigest = hash('sha256', slab.bytes.subarray(this.madeStart, slab.at), 'hex').slice(0, 32);
  }
}
