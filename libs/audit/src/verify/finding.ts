/**
 * What was done to the log.
 * - `edit`: a field, or everything that is kept of an entry, is not what was sealed
 * - `deletion`, `insertion`, `swap`: an entry is gone, one too many, or at another's place
 * - `fork`: the key has signed two trees that don't continue each other
 * - `tail-cut`: entries are gone that a pushed checkpoint covers
 * - `redacted-unrecorded`: a field was taken out, and no entry of the log says who did it and why
 */
export type Tampering = 'edit' | 'deletion' | 'insertion' | 'swap' | 'fork' | 'tail-cut' | 'redacted-unrecorded';

export interface Finding {
  /** The first index concerned. */
  index: number;
  /** Where only a range can be named, its last index. */
  through?: number;
  kind: Tampering;
  /** For people; names fields, never their values. */
  says: string;
}
