import type { OpenedMessage } from './open-logs.js';
import type { Outcome, ParkedRow, Snapshot, TallyRow } from './take-snapshot.js';

/** What became of the messages below the checkpoints, as the judge sees it. */
export interface Accounted {
  parked: { message: OpenedMessage; row: ParkedRow }[];
  discarded: OpenedMessage[];
  /** All others: applied, superseded or erased. */
  passed: OpenedMessage[];
}

const OUTCOMES: Outcome[] = ['applied', 'superseded', 'erased', 'parked', 'discarded'];

/**
 * Whether the tally adds up, in itself and with a count of the log by source and day: one more is an event applied twice, one less is one lost.
 * @param o.erasedMeanwhile erased events may have been applied before: which, nobody can tell any more
 */
export function tallied({ tally, checkpoints }: Snapshot, accounted: Accounted, o: { erasedMeanwhile: boolean }): string[] {
  const held = sums(tally, ({ source, day }) => `${source} ${day}`);
  const counted = countsOf(accounted);
  return [
    ...[...held].flatMap(([name, row]) => (row.received === sumOf(row) ? [] : [`tally of ${name}: ${told(row)} does not add up`])),
    ...[...new Set([...held.keys(), ...counted.keys()])].flatMap((name) => differing(name, held.get(name), counted.get(name), o)),
    ...perPartition(tally, checkpoints),
  ];
}

type Counts = Record<Outcome, number>;
const none = (): Counts => ({ received: 0, applied: 0, superseded: 0, erased: 0, parked: 0, discarded: 0 });
const sumOf = (counts: Counts) => OUTCOMES.reduce((sum, outcome) => sum + counts[outcome], 0);
const told = (counts: Counts) => ['received', ...OUTCOMES].map((outcome) => `${outcome} ${counts[outcome as Outcome]}`).join(', ');

function sums(tally: readonly TallyRow[], nameOf: (row: TallyRow) => string): Map<string, Counts> {
  const all = new Map<string, Counts>();
  for (const row of tally) {
    const sum = all.get(nameOf(row)) ?? none();
    for (const outcome of ['received', ...OUTCOMES] as const) sum[outcome] += row[outcome];
    all.set(nameOf(row), sum);
  }
  return all;
}

/** A count of the log: what passed is counted as applied. */
function countsOf({ parked, discarded, passed }: Accounted): Map<string, Counts> {
  const all = new Map<string, Counts>();
  const count = (outcome: Outcome, message: OpenedMessage, row?: ParkedRow) => {
    const name = `${sourceOf(message, row)} ${dayOf(row?.published_at ?? message.envelope?.publishedAt ?? message.timestamp)}`;
    const counts = all.get(name) ?? none();
    counts[outcome] += 1;
    counts.received += 1;
    all.set(name, counts);
  };
  for (const { message, row } of parked) count('parked', message, row);
  for (const message of discarded) count('discarded', message);
  for (const message of passed) count(message.erased ? 'erased' : 'applied', message);
  return all;
}

/** What can't be read is counted under no source; what could not be read when it was parked too, until it is let go. */
function sourceOf({ topic, envelope }: OpenedMessage, row?: ParkedRow): string {
  if (topic.endsWith('identity-log')) return '(matcher)';
  return (row ? row.source : envelope?.source) ?? '(unreadable)';
}

const dayOf = (at: number) => new Date(at).toLocaleDateString('sv-SE', { timeZone: 'Europe/London' });

function differing(name: string, held = none(), counted = none(), { erasedMeanwhile }: { erasedMeanwhile: boolean }): string[] {
  const passed = held.applied + held.superseded;
  const same =
    held.received === counted.received &&
    held.parked === counted.parked &&
    held.discarded === counted.discarded &&
    (erasedMeanwhile ? passed + held.erased === counted.applied + counted.erased : passed === counted.applied);
  return same ? [] : [`tally of ${name}: ${told(held)}; the log: ${told(counted)}`];
}

function perPartition(tally: readonly TallyRow[], checkpoints: Snapshot['checkpoints']): string[] {
  const held = sums(tally, ({ topic, partition }) => `${topic}/${partition}`);
  return checkpoints.flatMap(({ topic, partition, next_offset, counted_from, skipped }) => {
    const received = held.get(`${topic}/${partition}`)?.received ?? 0;
    const passed = next_offset - (counted_from ?? 0) - (skipped ?? 0);
    return received === passed ? [] : [`${topic}/${partition}: ${received} are tallied as received, the checkpoint has passed ${passed}`];
  });
}
