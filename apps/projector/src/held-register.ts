import { hash } from 'node:crypto';
import type { ByteSlab } from './byte-slab.js';
import type { RegisterWrite } from './register-write.js';
import { putValue } from './value-bytes.js';

/**
 * A register as a fold holds it: its version, and where its values stand in the fold's bytes. The write it came from, and with it the whole
 * event, is let go at once: thousands of them kept until the end of a batch would keep the garbage collector busy.
 */
export class HeldRegister {
  readonly epoch: number;
  readonly position: number;
  readonly rank: number;
  /** Where its values begin, in the order their columns are declared. */
  readonly start: number;
  private readonly end: number;
  private made: string | undefined;

  constructor(
    write: RegisterWrite,
    private readonly slab: ByteSlab,
  ) {
    this.epoch = write.epoch;
    this.position = write.position;
    this.rank = write.rank;
    this.start = slab.at;
    const columns = write.table.registers[write.register] ?? {};
    for (const name in columns) putValue(slab, columns[name]!, write.values[name]);
    this.end = slab.at;
  }

  /** 128 bits (hex) over the canonical values: decides between different contents of one version, the same way everywhere. */
  get digest(): string {
    return (this.made ??= hash('sha256', this.slab.bytes.subarray(this.start, this.end), 'hex').slice(0, 32));
  }
}

/** Greater than zero where `a` is of a greater (epoch, position, rank) than `b`; equal versions are left to the digest. */
export function compareVersions(a: Version, b: Version): number {
  return a.epoch - b.epoch || a.position - b.position || a.rank - b.rank;
}

type Version = Pick<HeldRegister, 'epoch' | 'position' | 'rank'>;
