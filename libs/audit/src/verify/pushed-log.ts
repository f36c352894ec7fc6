import { CompactRange } from '../merkle/compact-range.js';
import { HASH_BYTES } from '../merkle/hashes.js';
import { type Checkpoint, openCheckpoint } from '../notes/checkpoint.js';
import type { VerifyingKey } from '../notes/signing-key.js';
import { readPushedLine } from '../seal/checkpoint-place.js';
import type { Finding } from './finding.js';

/** What went to the second place: signed checkpoints, and the leaf hashes under them as far as their roots bear them out. */
export class PushedLog {
  /** One for each size, smallest first; where two differ, both. */
  readonly checkpoints: Checkpoint[] = [];
  readonly findings: Finding[] = [];
  /** Lines that could not be read, or that the key has not signed. */
  ignored = 0;
  private readonly leaves: Buffer[] = [];
  private provenLeaves = 0;

  /** @param lines of the file at the second place, or of a copy of it */
  static async read(lines: AsyncIterable<string> | Iterable<string>, key: VerifyingKey): Promise<PushedLog> {
    const pushed = new PushedLog();
    for await (const line of lines) if (line.trim() !== '') pushed.take(line, key);
    pushed.checkpoints.sort((one, other) => one.size - other.size);
    pushed.prove();
    return pushed;
  }

  /** The leaf hash that was pushed for an index, where it is known and signed for. */
  leafAt(index: number): Buffer | undefined {
    return index < this.provenLeaves ? this.leaves[index] : undefined;
  }

  /** The index of a leaf from one on, or -1. */
  indexOf(leaf: Buffer, from: number): number {
    for (let at = from; at < this.provenLeaves; at += 1) if (this.leaves[at]!.equals(leaf)) return at;
    return -1;
  }

  /** Whether leaves were pushed, and something that the key has signed: the checkpoints of a database come without leaves. */
  get isOfSecondPlace(): boolean {
    return this.checkpoints.length > 0 && this.leaves.length > 0;
  }

  /** The newest and the largest. */
  get size(): number {
    return this.checkpoints.at(-1)?.size ?? 0;
  }

  get signedAt(): number | null {
    return this.checkpoints.reduce<number | null>(
      (newest, { signedAt }) => (signedAt !== null && signedAt > (newest ?? 0) ? signedAt : newest),
      null,
    );
  }

  private take(line: string, key: VerifyingKey): void {
    const read = readPushedLine(line);
    if (read === null) this.ignored += 1;
    else if ('note' in read) this.takeCheckpoint(openCheckpoint(read.note, key));
    else this.takeLeaves(read.from, read.leaves);
  }

  private takeCheckpoint(checkpoint: Checkpoint | null): void {
    if (checkpoint === null) {
      this.ignored += 1;
      return;
    }
    const same = this.checkpoints.find(({ size, root }) => size === checkpoint.size && root.equals(checkpoint.root));
    if (same === undefined) this.checkpoints.push(checkpoint);
    else if ((checkpoint.signedAt ?? 0) > (same.signedAt ?? 0)) same.signedAt = checkpoint.signedAt;
  }

  /** Leaves that a crash made the sealer push twice are the same twice. */
  private takeLeaves(from: number, bytes: Buffer): void {
    for (let at = 0; at * HASH_BYTES < bytes.length; at += 1) {
      const leaf = bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES);
      const index = from + at;
      const known = this.leaves[index];
      if (known === undefined && index === this.leaves.length) this.leaves.push(leaf);
      else if (known === undefined) this.ignored += 1;
      else if (!known.equals(leaf)) this.found({ index, kind: 'fork', says: 'was pushed twice, with different content' });
    }
  }

  private prove(): void {
    const range = CompactRange.empty();
    for (const { size, root } of this.checkpoints) {
      while (range.size < size && range.size < this.leaves.length) range.append(this.leaves[range.size]!);
      if (range.size !== size) return;
      if (range.root().equals(root)) this.provenLeaves = size;
      else {
        const index = Math.min(this.provenLeaves, Math.max(0, size - 1));
        this.found({
          index,
          through: Math.max(index, size - 1),
          kind: 'fork',
          says: `a signed root of ${size} entries does not belong to the leaves that were pushed`,
        });
        return;
      }
    }
  }

  private found(finding: Finding): void {
    this.findings.push(finding);
  }
}
