import type { Change } from '../remembered/changes.js';
import type { FileRead } from './read-file.js';
import type { FileCounts } from './received-file.js';

/** Counts what becomes of the facts of a file, beside what was read of it. */
export class Counting {
  readonly of: Record<Change, number> = { new: 0, changed: 0, ended: 0, gone: 0, unchanged: 0 };
  disappeared = 0;
  /** Refused when they were published. */
  refusedLater = 0;
  /** Of records that were erased on purpose: they are not there to be told of. */
  erased = 0;

  counts(read: FileRead): FileCounts {
    const { rows, skipped, unreadable, repeated } = read;
    const refused = read.refusedFacts + this.refusedLater;
    const facts = Object.values(this.of).reduce((sum, some) => sum + some, 0) + repeated + refused + this.erased;
    return { rows, skipped, unreadable, facts, ...this.of, repeated, refused, erased: this.erased, disappeared: this.disappeared };
  }
}
