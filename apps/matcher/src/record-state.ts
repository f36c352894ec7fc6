import type { SourceVersion } from '#lib/events';
import type { DecidedRecord } from './decide.js';

/** All the matcher remembers of a record: registers won by the highest source version, and what was last decided. Never a name or a number. */
export interface RecordState extends DecidedRecord {
  details: SourceVersion;
  presence: SourceVersion;
  removed: boolean;
  erased: boolean;
  /** Number of the last decision about this record. */
  decision: number;
  /** Changed while the matcher was catching up, and not decided yet. */
  undecided: boolean;
}

/** What an event changes for the matcher. */
export type RecordChange = { subject: string } & (
  | { kind: 'seen' }
  | { kind: 'details'; version: SourceVersion; matchKeys: readonly string[] }
  | { kind: 'presence'; version: SourceVersion; removed: boolean }
  | { kind: 'replacement'; version: SourceVersion; replacedBy: string }
  | { kind: 'erased' }
);

const NEVER: SourceVersion = { epoch: -1, position: 0 };

/** A record just seen for the first time. */
export function newRecord(subject: string): RecordState {
  return {
    subject,
    matchKeys: [],
    details: NEVER,
    removed: false,
    presence: NEVER,
    replacedBy: null,
    replacement: NEVER,
    erased: false,
    gone: false,
    person: null,
    reason: null,
    decision: 0,
    undecided: false,
  };
}

/**
 * The record after a change; the same object where the change is older than what is known. On equal versions a removal beats a record, and
 * between different contents the greater wins, so that every order of arrival ends in the same state. Erasure takes the digests with it, for good.
 */
export function changed(state: RecordState, change: RecordChange): RecordState {
  return CHANGED[change.kind](state, change as never);
}

type Changed<K extends RecordChange['kind']> = (state: RecordState, change: Extract<RecordChange, { kind: K }>) => RecordState;

const CHANGED: { [K in RecordChange['kind']]: Changed<K> } = {
  seen: (state) => state,
  details(state, { version, matchKeys }) {
    const wins = compare(version, state.details) || order(matchKeys.join(), state.matchKeys.join());
    return wins > 0 && !state.erased ? { ...state, matchKeys, details: version } : state;
  },
  presence(state, { version, removed }) {
    const wins = compare(version, state.presence) || Number(removed) - Number(state.removed);
    return wins > 0 ? withGone({ ...state, removed, presence: version }) : state;
  },
  replacement(state, { version, replacedBy }) {
    const wins = compare(version, state.replacement) || order(replacedBy, state.replacedBy ?? '');
    return wins > 0 ? { ...state, replacedBy, replacement: version } : state;
  },
  erased: (state) => (state.erased ? state : withGone({ ...state, matchKeys: [], details: NEVER, erased: true })),
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
