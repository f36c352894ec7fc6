import type { SealRefusal, SealRefusedError } from '../seal/seal-refused.js';
import { type Mismatch, mismatchOf } from './mismatch.js';

const MEANS: Readonly<Record<SealRefusal, string>> = {
  fork: 'the tree in the database is not the one that was pushed',
  'tail-cut': 'leaves are gone that were pushed',
  'leaves-missing': 'the leaves in the database have a gap',
  'pushed-missing': 'the place that checkpoints are pushed to was emptied',
  'not-ours': 'the place that checkpoints are pushed to holds one that another key has signed',
  'other-server': 'the database was restored from a dump, or is another one',
};

/** That a sealer signs nothing, as a mismatch. It is told again on each day on which it is so, acknowledged or not. */
export function refusalOf({ code }: SealRefusedError, now: number): Mismatch {
  return mismatchOf({ index: null, kind: code, says: `nothing is signed: ${MEANS[code]}` }, new Date(now).toISOString().slice(0, 10));
}
