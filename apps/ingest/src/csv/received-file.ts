import type { RowProblem } from '../rows/fact.js';
import type { DateGuess } from './date-guesses.js';
import type { Encoding } from './encoding.js';
import type { WholeRefusal } from './read-file.js';
import type { ShortIds } from './short-ids.js';

/**
 * `waiting`: compared, to be confirmed by who sent it. `waiting-for-second`: confirmed, to be approved by somebody else. `refused`: nothing of it
 * may be used. `checked`: compared and let go, nothing else was wanted. `publishing`: begun; when it was broken off, confirming again goes on. `let-go`: nobody confirmed it in time.
 */
export type FileState = 'waiting' | 'waiting-for-second' | 'checked' | 'publishing' | 'published' | 'refused' | 'let-go';

/** What a file says, in counts that balance: rows = skipped + unreadable + the rest, and facts = the sum of what became of them. */
export interface FileCounts {
  rows: number;
  skipped: number;
  unreadable: number;
  facts: number;
  new: number;
  changed: number;
  ended: number;
  /** Taken back by their own rows. */
  gone: number;
  unchanged: number;
  /** Told again, alike, by another row. */
  repeated: number;
  refused: number;
  /** Of records that were erased from the index on purpose. */
  erased: number;
  /** Published by an earlier file and no longer in this complete one: they end or are taken back. */
  disappeared: number;
}

export type WhySecond = 'many-disappear' | 'few-rows';
export type WhyNotComplete = 'rows-refused' | 'changes-without-a-complete-file' | 'other-tables-missing' | 'another-door-stands-still';

export interface Preview {
  refusal: WholeRefusal | 'cut' | null;
  counts: FileCounts;
  /** Columns that were found under another header. */
  taken: { column: string; header: string }[];
  /** Columns whose dates are read day first, though nothing in them proves it, to be confirmed by who sends it. */
  dates: DateGuess[];
  /** IDs that were read with zeros in front, by column, to be confirmed by who sends it. */
  shortIds: ShortIds[];
  /** Columns of the file that nobody reads. */
  unread: number;
  /** Their headers, as far as it is certain that they are some. */
  unreadNames: string[];
  problems: number;
  /** Facts that could disappear: still there by earlier files, or by captured tables, and ended by silence. What came over HTTP or Kafka is not among them. */
  couldDisappear: number;
  /** Of those, the share that is no longer there. */
  disappearingShare: number;
  /** Some row tells not of whom it speaks: so nothing is taken for gone. */
  nothingDisappears: boolean;
  needsSecond: WhySecond[];
}

export interface Receipt {
  counts: FileCounts;
  /** In the log now: with what an earlier, broken-off try has published. */
  published: number;
  /** Until when the index now knows all that the source knows; null: why it can't be said. */
  completeTo: string | null;
  notComplete: WhyNotComplete | null;
}

export interface ReceivedFile {
  id: string;
  source: string;
  table: string;
  complete: boolean;
  /** Microseconds since 1970. */
  exportedAt: number;
  sha256: string;
  bytes: number;
  encoding: Encoding;
  receivedAt: Date;
  receivedFrom: string;
  state: FileState;
  preview: Preview;
  problems: RowProblem[];
  comparedWith: string | null;
  confirmedBy: string | null;
  approvedBy: string | null;
  publishedAt: Date | null;
  receipt: Receipt | null;
}
