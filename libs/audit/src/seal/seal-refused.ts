/**
 * Why nothing is signed: what is in the database does not continue what was signed before. Trying again does not help; a person must look.
 * - `fork`: the tree differs from the one last pushed
 * - `tail-cut`: leaves are missing that were pushed
 * - `leaves-missing`: the leaves in the database have a gap
 * - `pushed-missing`: checkpoints were pushed, and the place they were pushed to is empty
 * - `not-ours`: the place holds a checkpoint that this key has not signed
 * - `other-server`: entries carry transaction numbers that this server has not reached: restored from a dump
 */
export type SealRefusal = 'fork' | 'tail-cut' | 'leaves-missing' | 'pushed-missing' | 'not-ours' | 'other-server';

export class SealRefusedError extends Error {
  readonly retriable = false;
  override readonly name = 'SealRefusedError';
  constructor(
    readonly code: SealRefusal,
    message: string,
  ) {
    super(message);
  }
}

/** Another sealer holds the lock. */
export class SealerElsewhereError extends Error {
  readonly code = 'sealer-elsewhere';
  readonly retriable = true;
  override readonly name = 'SealerElsewhereError';
  constructor() {
    super('another sealer is at work on this audit store');
  }
}
