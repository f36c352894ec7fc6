import { type AuditRow, type LogState, mayBeAll, wrongWith } from '#lib/audit';
import { LIST_NOTES } from './log-words.js';

/** Its newest entries are checked each few minutes; after so long nobody checks them. Milliseconds. */
const STALE_AFTER = 1_800_000;
/** A check of the whole log takes fourteen hours where it holds a hundred million entries. Milliseconds. */
const WHOLE_STALE_AFTER = 172_800_000;

/** What the checks of the log found, as far as it concerns whoever reads entries of it. */
export interface FoundInLog {
  /**
   * - `nothing`: all of it was checked, of late, and nothing was found
   * - `unchecked`: nobody looks, or not all of it was looked at yet, or there was nothing sealed to look at
   * - `changed`: some entries were changed, or could not be compared for a time, and others may be missing
   * - `not-all-marked`: so many were that not each is known
   * - `not-signed`: nobody vouches for any of it
   * - `unknown`: it can’t be told now
   */
  is: 'nothing' | 'unchecked' | 'changed' | 'not-all-marked' | 'not-signed' | 'unknown';
  /** Whether anything was found, looked into since or not. */
  wasFound: boolean;
  /** What is said above a list. */
  note: string | null;
  /** Why what an entry says can't be relied on; null: nothing was found, or it can't be told now. */
  wrongWith(row: Pick<AuditRow, 'id' | 'index'>): string | null;
  /** Whether a check of the whole log that has ended, of late, looked at it: of no other may be said that nothing was found. */
  wasChecked(row: Pick<AuditRow, 'index'>): boolean;
}

/** @param state null where it could not be read */
export function foundInLog(state: LogState | null, now: number): FoundInLog {
  const is = isOf(state, now);
  const found = state === null ? [] : [...state.waiting, ...state.acknowledged];
  const vouched = state !== null && (is === 'nothing' || (is === 'changed' && !isUnchecked(state, now)));
  return {
    is,
    wasFound: found.length > 0,
    note: LIST_NOTES[is],
    wrongWith: (row) => wrongWith(found, row),
    wasChecked: ({ index }) => vouched && index !== null && index < (state.wholeEntries ?? 0),
  };
}

function isOf(state: LogState | null, now: number): FoundInLog['is'] {
  if (state === null) return 'unknown';
  const found = [...state.waiting, ...state.acknowledged];
  if (state.waiting.some(({ index }) => index === null)) return 'not-signed';
  if (!mayBeAll(found)) return 'not-all-marked';
  // Also where it is looked into that nothing was signed: of that time nobody can show which entries there were.
  if (found.length > 0) return 'changed';
  return isUnchecked(state, now) ? 'unchecked' : 'nothing';
}

/** Whether nobody checks the newest entries. */
export const isStale = (newestAt: number | null, now: number): boolean => newestAt === null || now - newestAt > STALE_AFTER;

/** Whether the last check of the whole log had nothing to compare: right after a first start nothing is sealed yet. */
export const sawNothing = ({ wholeAt, wholeEntries }: LogState): boolean => wholeAt !== null && !wholeEntries;

const isUnchecked = (state: LogState, now: number): boolean =>
  isStale(state.newestAt, now) || state.wholeAt === null || now - state.wholeAt > WHOLE_STALE_AFTER || sawNothing(state);
