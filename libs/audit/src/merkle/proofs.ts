import { CompactRange } from './compact-range.js';
import { HASH_BYTES, hashOfNode } from './hashes.js';

/** The largest power of two smaller than `size`: where RFC 6962 splits a tree. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

export function rootOf(leaves: readonly Buffer[]): Buffer {
  const range = CompactRange.empty();
  for (const leaf of leaves) range.append(leaf);
  return range.root();
}

/** RFC 6962, 2.1.1: what proves that a leaf stands at `index` of the tree over these leaf hashes, from the leaf up. */
export function inclusionProof(leaves: readonly Buffer[], index: number): Buffer[] {
  if (!(index >= 0 && index < leaves.length)) throw new RangeError(`there is no leaf ${index} among ${leaves.length}`);
  if (leaves.length === 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split ? [...inclusionProof(left, index), rootOf(right)] : [...inclusionProof(right, index - split), rootOf(left)];
}

/** RFC 6962, 2.1.2: what proves that the tree over the first `size` leaves grew into the tree over all of them. */
export function consistencyProof(leaves: readonly Buffer[], size: number): Buffer[] {
  if (!(size >= 0 && size <= leaves.length)) throw new RangeError(`no tree of ${size} grew into one of ${leaves.length}`);
  return size === 0 ? [] : subproof(leaves, size, true);
}

function subproof(leaves: readonly Buffer[], size: number, whole: boolean): Buffer[] {
  if (size === leaves.length) return whole ? [] : [rootOf(leaves)];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return size <= split ? [...subproof(left, size, whole), rootOf(right)] : [...subproof(right, size - split, false), rootOf(left)];
}

/** Whether a proof leads from a leaf at an index to the root of a tree of that size (RFC 9162, 2.1.3.2). */
export function isIncluded(o: { leaf: Buffer; index: number; size: number; proof: readonly Buffer[]; root: Buffer }): boolean {
  if (![o.index, o.size].every(Number.isSafeInteger) || o.index < 0 || o.index >= o.size) return false;
  if (!areHashes([o.leaf, ...o.proof, o.root])) return false;
  let [at, last, root] = [o.index, o.size - 1, o.leaf];
  for (const sibling of o.proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      root = hashOfNode(sibling, root);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else root = hashOfNode(root, sibling);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && root.equals(o.root);
}

/** Whether a proof shows that one tree is the beginning of another (RFC 9162, 2.1.4.2). */
export function isConsistent(o: { size: number; root: Buffer; laterSize: number; laterRoot: Buffer; proof: readonly Buffer[] }): boolean {
  if (![o.size, o.laterSize].every(Number.isSafeInteger) || o.size < 0 || o.size > o.laterSize) return false;
  if (!areHashes([o.root, o.laterRoot, ...o.proof])) return false;
  if (o.size === o.laterSize) return o.proof.length === 0 && o.root.equals(o.laterRoot);
  if (o.size === 0) return o.proof.length === 0;
  const isPerfect = splitOf(o.size * 2) === o.size;
  const [first, ...rest] = isPerfect ? [o.root, ...o.proof] : o.proof;
  if (first === undefined) return false;
  let [at, last] = [o.size - 1, o.laterSize - 1];
  while (at % 2 === 1) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  let [root, laterRoot] = [first, first];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      root = hashOfNode(sibling, root);
      laterRoot = hashOfNode(sibling, laterRoot);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else laterRoot = hashOfNode(laterRoot, sibling);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && root.equals(o.root) && laterRoot.equals(o.laterRoot);
}

const areHashes = (given: readonly Buffer[]) => given.every(({ length }) => length === HASH_BYTES);
