import { createHash } from 'node:crypto';
import type { OpenedLogs, OpenedMessage } from './open-logs.js';
import type { ParkedRow, Snapshot } from './take-snapshot.js';
import { tallied } from './tallied.js';

/** What became of the messages below the checkpoints. */
export interface Balance {
  /** Messages of both logs below the checkpoints. */
  received: OpenedMessage[];
  /** Those of them that are held with a reason. */
  parked: OpenedMessage[];
  /** The others but for what was let go of, in the order of the log: they must be in the read model. */
  passed: OpenedMessage[];
  problems: string[];
}

export interface Allowed {
  /** Offsets (`topic/partition/offset`) of messages that may be parked although they can be read now. */
  mayBeParked: ReadonlySet<string>;
  /** Parked events were tried again: they may have been parked more than once. */
  redriven: boolean;
  /** Schemas of generations that were being folded while people were erased, and the registers these people's events may have written there. */
  erasedMeanwhile: { schemas: ReadonlySet<string>; mayHold(register: string): boolean } | undefined;
}

const placeOf = ({ topic, partition, offset }: OpenedMessage) => `${topic}/${partition}/${offset}`;
const placeOfRow = ({ topic, partition, log_offset }: ParkedRow) => `${topic}/${partition}/${log_offset}`;

/**
 * Whether every message below the checkpoints is accounted for, once: applied (what is superseded or erased counts as applied), let go of for
 * good, or parked with its exact bytes. One problem a line.
 */
export function balance(snapshot: Snapshot, logs: OpenedLogs, { mayBeParked, redriven, erasedMeanwhile }: Allowed): Balance {
  const next = new Map(snapshot.checkpoints.map(({ topic, partition, next_offset }) => [`${topic}/${partition}`, next_offset]));
  const received = logs.messages.filter(({ topic, partition, offset }) => offset < (next.get(`${topic}/${partition}`) ?? 0));
  const rows = new Map(snapshot.parked.map((row) => [placeOfRow(row), row]));
  const of = Map.groupBy(received, (one) =>
    rows.has(placeOf(one)) ? 'parked' : snapshot.discarded.has(placeOf(one)) ? 'discarded' : 'passed',
  );
  const { parked = [], discarded = [], passed = [] } = Object.fromEntries(of);
  const known = new Set(received.map(placeOf));
  const problems = [
    ...passed.filter((one) => !one.entry && !one.erased).map((one) => `${placeOf(one)} can't be read, and is not parked`),
    ...parked.filter((one) => one.entry && !mayBeParked.has(placeOf(one))).map((one) => `${placeOf(one)} is parked, and can be read`),
    ...parked
      .filter((one) => one.erased && rows.get(placeOf(one))!.code === 'key-missing')
      .map((one) => `${placeOf(one)} is parked for want of a key, and was erased`),
    ...[...rows.keys()].filter((place) => !known.has(place)).map((place) => `${place} is parked, and not below a checkpoint`),
    ...parked
      .filter((one) => !sameBytes(one.value, rows.get(placeOf(one))!.bytes))
      .map((one) => `${placeOf(one)} is parked with other bytes`),
    ...snapshot.parked
      .filter(({ attempts }) => attempts !== 1 && !redriven)
      .map((row) => `${placeOfRow(row)} was parked ${row.attempts} times`),
    ...tallied(
      snapshot,
      { parked: parked.map((message) => ({ message, row: rows.get(placeOf(message))! })), discarded, passed },
      { erasedMeanwhile: erasedMeanwhile?.schemas.has(snapshot.schema) ?? false },
    ),
  ];
  return { received, parked, passed, problems };
}

const sameBytes = (a: Buffer | null, b: Buffer | null) => (a === null || b === null ? a === b : a.equals(b));

/** Whether every checkpoint stands at the end of its partition, and remembers the event before it. */
export function behind(snapshot: Snapshot, logs: OpenedLogs): string[] {
  const checkpoints = new Map(snapshot.checkpoints.map((one) => [`${one.topic}/${one.partition}`, one]));
  const events = new Map(logs.messages.map((message) => [placeOf(message), message]));
  return [...logs.ranges].flatMap(([topic, ranges]) =>
    ranges.flatMap(({ partition, high }) => {
      const checkpoint = checkpoints.get(`${topic}/${partition}`);
      const at = checkpoint?.next_offset ?? 0;
      const end = at + (checkpoint?.empty_after ?? 0);
      if (end !== high) return [`${topic}/${partition}: the checkpoint stands at ${end}, the log ends at ${high}`];
      const last = events.get(`${topic}/${partition}/${at - 1}`);
      const right = last?.envelope === undefined || namesOf(last).includes(checkpoint?.last_event_id ?? '');
      return right ? [] : [`${topic}/${partition}: the checkpoint remembers another event than the one before it`];
    }),
  );
}

/** What may be remembered of an event: its id, or its bytes where they could not be read at the time. */
const namesOf = ({ envelope, value }: OpenedMessage): string[] => [
  envelope!.id,
  `sha256:${createHash('sha256').update(value!).digest('hex').slice(0, 32)}`,
];
