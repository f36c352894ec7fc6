import type { SourceVersion } from '#lib/events';
import type { DecidedRecord } from './decide.js';
import type { Details } from './details.js';

/** All the matcher remembers of a record: registers won by the highest source version, and what was last decided. Never a name or a number. */
export interface RecordState extends DecidedRecord {
  details: SourceVersion;
  /** Which details it has; null where none are known. */
  content: string | null;
  /** Those details, where they are new and not written yet. */
  newDetails?: Details;
  presence: SourceVersion;
  removed: boolean;
  erased: boolean;
  /** Number of the last decision about this record. */
  decision: number;
  /** What is still to be done since the matcher was catching up: nothing is decided before everything is compared. */
  waiting: 'compare' | 'decide' | null;
}

/** What an event changes for the matcher. */
export type RecordChange = { subject: string } & (
  | { kind: 'seen' }
  | { kind: 'details'; version: SourceVersion; details: Details }
  | { kind: 'presence'; version: SourceVersion; removed: boolean }
  | { kind: 'replacement'; version: SourceVersion; replacedBy: string }
  | { kind: 'erased' }
);

const NEVER: SourceVersion = { epoch: -1, position: 0 };

/** A record just seen for the first time. */
export function newRecord(subject: string): RecordState {
  return {
    subject,
    details: NEVER,
    content: null,
    removed: false,
    presence: NEVER,
    replacedBy: null,
    replacement: NEVER,
    erased: false,
    gone: false,
    person: null,
    reason: null,
    decision: 0,
    waiting: null,
  };
}

/**
 * The record after a change; the same object where the change is older than what is known. On equal versions a removal beats a record, and
 * between different contents the greater wins, so that every order of arrival ends in the same state. Erasure takes the details with it, for good.
 */
export function changed(state: RecordState, change: RecordChange): RecordState {
  return CHANGED[change.kind](state, change as never);
}

/** Whether a record is to be compared anew with others. */
export function comparesAnew(before: RecordState | undefined, after: RecordState): boolean {
  return (before?.content ?? null) !== after.content || (before?.gone ?? false) !== after.gone;
}

type Changed<K extends RecordChange['kind']> = (state: RecordState, change: Extract<RecordChange, { kind: K }>) => RecordState;

const CHANGED: { [K in RecordChange['kind']]: Changed<K> } = {
  seen: (state) => state,
  details(state, { version, details }) {
    const wins = compare(version, state.details) || order(details.content, state.content ?? '');
    if (wins <= 0 || state.erased) return state;
    const same = details.content === state.content;
    return { ...state, details: version, content: details.content, newDetails: same ? state.newDetails : details };
  },
  presence(state, { version, removed }) {
    const wins = compare(version, state.presence) || Number(removed) - Number(state.removed);
    return wins > 0 ? withGone({ ...state, removed, presence: version }) : state;
  },
  replacement(state, { version, replacedBy }) {
    const wins = compare(version, state.replacement) || order(replacedBy, state.replacedBy ?? '');
    return wins > 0 ? { ...state, replacedBy, replacement: version } : state;
  },
  erased: (state) => (state.erased ? state : withGone({ ...state, content: null, newDetails: undefined, details: NEVER, erased: true })),
};

function withGone(state: RecordState): RecordState {
  return { ...state, gone: state.removed || state.erased };
}

function compare(one: SourceVersion, other: SourceVersion): number {
  return one.epoch - other.epoch || one.position - other.position;
}

function order(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
