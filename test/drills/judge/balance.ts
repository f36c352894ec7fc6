import type { OpenedLogs, OpenedMessage } from './open-logs.js';
import type { ParkedRow, Snapshot } from './take-snapshot.js';

/** What became of the messages below the checkpoints. */
export interface Balance {
  /** Messages of both logs below the checkpoints. */
  received: OpenedMessage[];
  /** Those of them that are held with a reason. */
  parked: OpenedMessage[];
  /** The others, in the order of the log: they must be in the read model. */
  passed: OpenedMessage[];
  problems: string[];
}

export interface Allowed {
  /** Offsets (`topic/partition/offset`) of messages that may be parked although they can be read now. */
  mayBeParked: ReadonlySet<string>;
}

const placeOf = ({ topic, partition, offset }: OpenedMessage) => `${topic}/${partition}/${offset}`;
const placeOfRow = ({ topic, partition, log_offset }: ParkedRow) => `${topic}/${partition}/${log_offset}`;

/**
 * Whether every message below the checkpoints is accounted for, once: applied (what is superseded or erased counts as applied), or parked
 * with its exact bytes. One problem a line.
 */
export function balance(snapshot: Snapshot, logs: OpenedLogs, { mayBeParked }: Allowed): Balance {
  const next = new Map(snapshot.checkpoints.map(({ topic, partition, next_offset }) => [`${topic}/${partition}`, next_offset]));
  const received = logs.messages.filter(({ topic, partition, offset }) => offset < (next.get(`${topic}/${partition}`) ?? 0));
  const rows = new Map(snapshot.parked.map((row) => [placeOfRow(row), row]));
  const [parked, passed] = [received.filter((one) => rows.has(placeOf(one))), received.filter((one) => !rows.has(placeOf(one)))];
  const known = new Set(received.map(placeOf));
  const problems = [
    ...passed.filter((one) => !one.entry && !one.erased).map((one) => `${placeOf(one)} can't be read, and is not parked`),
    ...parked.filter((one) => one.entry && !mayBeParked.has(placeOf(one))).map((one) => `${placeOf(one)} is parked, and can be read`),
    ...[...rows.keys()].filter((place) => !known.has(place)).map((place) => `${place} is parked, and not below a checkpoint`),
    ...parked
      .filter((one) => !sameBytes(one.value, rows.get(placeOf(one))!.bytes))
      .map((one) => `${placeOf(one)} is parked with other bytes`),
    ...snapshot.parked.filter(({ attempts }) => attempts !== 1).map((row) => `${placeOfRow(row)} was parked ${row.attempts} times`),
    ...countsDiffering(snapshot, passed),
  ];
  return { received, parked, passed, problems };
}

const sameBytes = (a: Buffer | null, b: Buffer | null) => (a === null || b === null ? a === b : a.equals(b));

/** Events counted as applied, by source and partition: one more is an event applied twice, one less is one lost. */
function countsDiffering({ progress }: Snapshot, passed: OpenedMessage[]): string[] {
  const counted = new Map(progress.map(({ source, partition, events }) => [`${source}/${partition}`, events]));
  const events = passed.filter(({ envelope }) => envelope !== undefined);
  const there = Map.groupBy(events, ({ envelope, partition }) => `${envelope!.source}/${partition}`);
  return [...new Set([...counted.keys(), ...there.keys()])].flatMap((place) => {
    const [applied, logged] = [counted.get(place) ?? 0, there.get(place)?.length ?? 0];
    return applied === logged ? [] : [`${place}: ${applied} events are counted as applied, the log holds ${logged}`];
  });
}

/** Whether every checkpoint stands at the end of its partition, and remembers the event before it. */
export function behind(snapshot: Snapshot, logs: OpenedLogs): string[] {
  const checkpoints = new Map(snapshot.checkpoints.map((one) => [`${one.topic}/${one.partition}`, one]));
  const events = new Map(logs.messages.map((message) => [placeOf(message), message]));
  return [...logs.ranges].flatMap(([topic, ranges]) =>
    ranges.flatMap(({ partition, high }) => {
      const checkpoint = checkpoints.get(`${topic}/${partition}`);
      const at = checkpoint?.next_offset ?? 0;
      if (at !== high) return [`${topic}/${partition}: the checkpoint stands at ${at}, the log ends at ${high}`];
      const last = events.get(`${topic}/${partition}/${at - 1}`)?.envelope?.id;
      const right = last === undefined || checkpoint?.last_event_id === last;
      return right ? [] : [`${topic}/${partition}: the checkpoint remembers another event than the one before it`];
    }),
  );
}
