import { EMPTY_ROOT, HASH_BYTES, hashOfNode } from './hashes.js';

/**
 * The right edge of a Merkle tree (RFC 6962): the roots of its perfect subtrees, largest first, one for each bit that is set in its size.
 * All that appending needs: one million leaves are held by at most twenty hashes, and each leaf costs two hashes on average.
 */
export class CompactRange {
  private constructor(
    private leaves: number,
    private readonly roots: Buffer[],
  ) {}

  static empty(): CompactRange {
    return new CompactRange(0, []);
  }

  /** Of a tree seen before. @param edge as `edge` gave it @throws Error when it can't belong to a tree of that size */
  static of(size: number, edge: Buffer): CompactRange {
    if (edge.length !== bitsOf(size) * HASH_BYTES) throw new Error(`an edge of ${edge.length} bytes does not belong to ${size} leaves`);
    const roots = Array.from({ length: bitsOf(size) }, (_, at) => edge.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES));
    return new CompactRange(size, roots);
  }

  get size(): number {
    return this.leaves;
  }

  /** To be kept and given to `of` again. */
  get edge(): Buffer {
    return Buffer.concat(this.roots);
  }

  append(leafHash: Buffer): void {
    let root = leafHash;
    // Each set bit at the end of the size is a subtree as large as what comes in: both become one.
    for (let rest = this.leaves; rest % 2 === 1; rest = Math.floor(rest / 2)) root = hashOfNode(this.roots.pop()!, root);
    this.roots.push(root);
    this.leaves += 1;
  }

  root(): Buffer {
    return this.roots.length === 0 ? EMPTY_ROOT : this.roots.reduceRight((right, left) => hashOfNode(left, right));
  }
}

/** How many bits are set; beyond 32 bits too. */
function bitsOf(size: number): number {
  let bits = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) bits += rest % 2;
  return bits;
}
