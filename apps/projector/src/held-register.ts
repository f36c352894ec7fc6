import { hash } from 'node:crypto';
import { columnText } from './column-text.js';
import type { RegisterWrite } from './register-write.js';

/** A register as a fold holds it. Texts and digest are made once, and only for a write that is compared on a tie or kept to the end. */
export class HeldRegister {
  private madeTexts: (string | null)[] | undefined;
  private madeDigest: string | undefined;

  constructor(readonly write: RegisterWrite) {}

  /** The values in the order their columns are declared. */
  get texts(): (string | null)[] {
    return (this.madeTexts ??= this.makeTexts());
  }

  /** 128 bits (hex) over the canonical values: decides between different contents of one version, the same way everywhere. */
  get digest(): string {
    return (this.madeDigest ??= hash('sha256', JSON.stringify(this.texts), 'hex').slice(0, 32));
  }

  /** Whether this one wins over the other: greater (epoch, position, rank, digest), as in the upsert. */
  isNewerThan(other: HeldRegister): boolean {
    const [a, b] = [this.write, other.write];
    if (a.epoch !== b.epoch) return a.epoch > b.epoch;
    if (a.position !== b.position) return a.position > b.position;
    if (a.rank !== b.rank) return a.rank > b.rank;
    return this.digest > other.digest;
  }

  private makeTexts(): (string | null)[] {
    const { table, register, values } = this.write;
    const columns = table.registers[register] ?? {};
    const texts: (string | null)[] = [];
    for (const name in columns) texts.push(columnText(columns[name]!, values[name]));
    return texts;
  }
}
