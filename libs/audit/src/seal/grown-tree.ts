import type { Client } from 'pg';
import { CompactRange } from '../merkle/compact-range.js';
import type { Checkpoint } from '../notes/checkpoint.js';
import { NOTHING_SEALED, type SealedUpTo, storedLeaves } from './leaves.js';
import { SealRefusedError } from './seal-refused.js';

export interface GrownTree {
  range: CompactRange;
  upTo: SealedUpTo;
  /** Hashes of the leaves above what was pushed. */
  notPushed: Buffer[];
}

const STEP = 10_000;

/**
 * The tree over all leaves in the database, shown to be a continuation of the pushed one: either it starts from an edge that has exactly the
 * pushed root, or every leaf is hashed again from the first. @param pushed what was last pushed; null before the first time
 * @throws SealRefusedError where it is not
 */
export async function growTree(client: Client, pushed: Checkpoint | null): Promise<GrownTree> {
  const from = pushed?.size ?? 0;
  const range = (pushed && (await keptEdge(client, pushed))) ?? CompactRange.empty();
  const notPushed: Buffer[] = [];
  let upTo = await sealedUpTo(client, range.size);
  for (;;) {
    const leaves = await storedLeaves(client, range.size, STEP);
    for (const { index, hash, writtenBy, seq } of leaves) {
      if (index !== range.size) throw new SealRefusedError('leaves-missing', `leaf ${range.size} is missing in the database`);
      range.append(hash);
      if (index >= from) notPushed.push(hash);
      upTo = { writtenBy, seq };
      if (range.size === from && pushed && !range.root().equals(pushed.root)) throw fork(pushed);
    }
    if (leaves.length < STEP) break;
  }
  if (range.size < from)
    throw new SealRefusedError(
      'tail-cut',
      `the database holds ${range.size} leaves, and ${from} were pushed: leaf ${range.size} is missing`,
    );
  return { range, upTo, notPushed };
}

const fork = ({ size }: Checkpoint) =>
  new SealRefusedError('fork', `the first ${size} leaves have another root than the checkpoint that was pushed for them`);

/** An edge kept beside a checkpoint counts only when it hashes to the root that was pushed: it then is what was pushed. */
async function keptEdge(client: Client, { size, root }: Checkpoint): Promise<CompactRange | null> {
  const { rows } = await client.query<{ edge: Buffer }>('SELECT edge FROM audit.checkpoint WHERE size = $1 AND root = $2 LIMIT 1', [
    size,
    root,
  ]);
  const [kept] = rows;
  if (kept === undefined) return null;
  try {
    const range = CompactRange.of(size, kept.edge);
    return range.root().equals(root) ? range : null;
  } catch {
    return null;
  }
}

async function sealedUpTo(client: Client, size: number): Promise<SealedUpTo> {
  const [last] = size === 0 ? [] : await storedLeaves(client, size - 1, 1);
  if (size === 0) return NOTHING_SEALED;
  if (last?.index !== size - 1) throw new SealRefusedError('tail-cut', `leaf ${size - 1}, which was pushed, is missing in the database`);
  return last;
}
