import { type ExportedEntry, leafHashOf } from './exported-entry.js';
import type { PushedLog } from './pushed-log.js';

/** How an export of the whole log goes on record, by the command or by the page; so the file holds the record of itself. */
export const EXPORT_VERB = 'audit export';
export const EXPORT_PAGE = 'audit/export';

/** A signature tells whole seconds, by the clock of another machine. Milliseconds. */
const CLOCKS_APART = 5_000;
/** From its record to the first line of an export. */
const A_MINUTE = 60_000;

/**
 * When a file was made. The time is the file's own word, so it excuses entries that were pushed later only as far as the log bears it out: what
 * was pushed before that time has to be in the file, and the record of an export at that time has to be sealed, in the file or at the second place.
 */
export class ExportTime {
  /** Leaf hashes of such records; null for one that is sealed in the file. */
  private readonly records: (Buffer | null)[] = [];

  /** @param at milliseconds since 1970 */
  constructor(readonly at: number) {}

  see(entry: ExportedEntry): void {
    const { action, at, shown } = entry.fields;
    if (action !== 'exported' || typeof at !== 'number' || at > this.at || at < this.at - A_MINUTE) return;
    const { verb, page } = (shown ?? {}) as { verb?: unknown; page?: unknown };
    if (verb === EXPORT_VERB || page === EXPORT_PAGE) this.records.push(entry.index === null ? leafHashOf(entry) : null);
  }

  /** Whether what was pushed beyond the file's entries may be missing from it. @param entries sealed in the file */
  excuses(pushed: PushedLog, entries: number): boolean {
    const due = pushed.checkpoints.some(({ size, signedAt }) => size > entries && (signedAt ?? 0) + CLOCKS_APART <= this.at);
    return !due && this.records.some((leaf) => leaf === null || pushed.indexOf(leaf, entries) !== -1);
  }
}
