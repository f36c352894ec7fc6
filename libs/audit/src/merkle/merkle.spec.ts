import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { CompactRange } from './compact-range.js';
import { EMPTY_ROOT, hashOfLeaf, hashOfNode } from './hashes.js';
import { consistencyProof, inclusionProof, isConsistent, isIncluded, rootOf } from './proofs.js';

interface Vector {
  file: string;
  leafIdx: number;
  treeSize: number;
  root: string;
  leafHash: string;
  proof: string[] | null;
  wantErr: boolean;
}
const vectors = JSON.parse(readFileSync('test/data/merkle/inclusion.json', 'utf8')) as Vector[];
const bytes = (base64: string) => Buffer.from(base64, 'base64');

/** The definition of RFC 6962, 2.1, as it stands there. */
function naiveRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return EMPTY_ROOT;
  if (leaves.length === 1) return leaves[0]!;
  const split = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return hashOfNode(naiveRoot(leaves.slice(0, split)), naiveRoot(leaves.slice(split)));
}
const leavesOf = (count: number) => Array.from({ length: count }, (_, at) => hashOfLeaf(Buffer.from(`entry ${at}`)));
const flipped = (hash: Buffer) => Buffer.from(hash).fill(hash[0]! ^ 1, 0, 1);

describe('The Merkle tree of RFC 6962', () => {
  it.each(vectors.map((vector) => [vector.file, vector] as const))('judges the vector %s as others do', (_, vector) => {
    const { leafIdx: index, treeSize: size, leafHash, root, proof } = vector;
    const included = isIncluded({ index, size, leaf: bytes(leafHash), root: bytes(root), proof: (proof ?? []).map(bytes) });
    expect(included).toBe(!vector.wantErr);
  });

  it('has all of the vectors, good and bad', () => {
    expect([vectors.length, vectors.filter(({ wantErr }) => !wantErr).length]).toEqual([98, 6]);
  });

  it('has the roots that certificate transparency publishes for its eight test entries', () => {
    const entries = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
    const leaves = entries.map((hex) => hashOfLeaf(Buffer.from(hex, 'hex')));
    expect(EMPTY_ROOT.toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(rootOf(leaves.slice(0, 1)).toString('hex')).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
    expect(rootOf(leaves).toString('hex')).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328');
  });

  it('grows leaf by leaf to the same root as by its definition, and goes on from a kept edge', () => {
    let range = CompactRange.empty();
    const leaves = leavesOf(130);
    leaves.forEach((leaf, at) => {
      range.append(leaf);
      expect(range.root()).toEqual(naiveRoot(leaves.slice(0, at + 1)));
      range = CompactRange.of(range.size, range.edge);
    });
    expect(() => CompactRange.of(3, randomBytes(32))).toThrow('does not belong to 3 leaves');
  });

  it('proves every leaf and every growth, and nothing else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), fc.nat(), fc.nat(), (count, some, other) => {
        const leaves = leavesOf(count);
        const root = naiveRoot(leaves);
        const index = some % count;
        const proof = inclusionProof(leaves, index);
        const included = { leaf: leaves[index]!, index, size: count, proof, root };
        expect(isIncluded(included)).toBe(true);
        expect(isIncluded({ ...included, leaf: flipped(included.leaf) })).toBe(false);
        expect(isIncluded({ ...included, root: flipped(root) })).toBe(false);
        if (count > 1) expect(isIncluded({ ...included, index: (index + 1 + (other % (count - 1))) % count })).toBe(false);
        const size = other % (count + 1);
        const grown = {
          size,
          root: naiveRoot(leaves.slice(0, size)),
          laterSize: count,
          laterRoot: root,
          proof: consistencyProof(leaves, size),
        };
        expect(isConsistent(grown)).toBe(true);
        if (size > 0) expect(isConsistent({ ...grown, root: flipped(grown.root) })).toBe(false);
        if (size > 0) expect(isConsistent({ ...grown, laterRoot: flipped(root) })).toBe(false);
        // A proof that ends before the top is none.
        if (size > 0) expect(isConsistent({ ...grown, laterSize: 2 ** 20 })).toBe(false);
        for (const at of grown.proof.keys()) {
          const wrong = grown.proof.map((hash, place) => (place === at ? flipped(hash) : hash));
          expect(isConsistent({ ...grown, proof: wrong })).toBe(false);
          expect(isConsistent({ ...grown, proof: grown.proof.filter((_, place) => place !== at) })).toBe(false);
        }
        expect(isConsistent({ ...grown, proof: [...grown.proof, randomBytes(32)] })).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('finds no proof where one leaf was changed between two trees', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), fc.nat(), fc.nat(), (count, some, other) => {
        const size = 1 + (some % (count - 1));
        const before = leavesOf(size);
        const after = leavesOf(count).map((leaf, at) => (at === other % size ? flipped(leaf) : leaf));
        const claimed = { size, root: naiveRoot(before), laterSize: count, laterRoot: naiveRoot(after) };
        expect(isConsistent({ ...claimed, proof: consistencyProof(after, size) })).toBe(false);
      }),
    );
  });

  it('seals a million leaves by their right edge alone', () => {
    const range = CompactRange.empty();
    const leaf = Buffer.alloc(32);
    for (let at = 0; at < 1_000_000; at += 1) {
      leaf.writeUInt32BE(at);
      range.append(Buffer.from(leaf));
    }
    expect(range.size).toBe(1_000_000);
    expect(range.edge.length).toBe(7 * 32);
  });
});
