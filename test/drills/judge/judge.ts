import type { LastSaid } from '../../support/last-said.js';
import type { Acknowledged } from '../harness/door.js';
import { type Allowed, balance, behind } from './balance.js';
import { type Comparison, compare } from './compare.js';
import type { OpenedLogs, OpenedMessage } from './open-logs.js';
import { reckon, supersededAmong } from './reckon.js';
import type { Snapshot } from './take-snapshot.js';

export interface Judgement extends Comparison {
  inLog: number;
  /** Messages that carry an id which came before. */
  again: number;
  applied: number;
  parked: number;
  superseded: number;
  erased: number;
  problems: string[];
}

export interface Evidence {
  logs: OpenedLogs;
  /** At the end. */
  last: Snapshot;
  /** At moments in between, and of other generations: each must be the fold of the log up to its own checkpoints. */
  between: Snapshot[];
  acknowledged: readonly Acknowledged[];
  allowed: Allowed;
  /** Whether the checkpoints must stand at the ends of the log. */
  caughtUp: boolean;
}

/** Everything that must hold after a drill. */
export function judge({ logs, last, between, acknowledged, allowed, caughtUp }: Evidence): Judgement {
  const events = logs.messages.filter(({ envelope }) => envelope !== undefined);
  const ids = Map.groupBy(events, ({ envelope }) => envelope!.id);
  const { received, parked, passed, problems } = balance(last, logs, allowed);
  const said = reckon(entriesOf(passed));
  const whole = compared(said, last, allowed);
  return {
    ...whole,
    inLog: logs.messages.length,
    again: events.length - ids.size,
    applied: received.length - parked.length,
    parked: parked.length,
    superseded: supersededAmong(entriesOf(passed), said),
    erased: passed.filter(({ erased }) => erased).length,
    problems: [
      ...notInLog(acknowledged, logs),
      ...problems,
      ...whole.differences,
      ...(caughtUp ? behind(last, logs) : []),
      ...between.flatMap((snapshot) => before(snapshot, logs, allowed)),
    ],
  };
}

const entriesOf = (messages: OpenedMessage[]) => messages.flatMap(({ entry }) => (entry ? [entry] : []));

/** Acknowledged means: that very event stands in the log, and where its sender was told. */
function notInLog(acknowledged: readonly Acknowledged[], { messages }: OpenedLogs): string[] {
  const ids = new Set(messages.map(({ envelope }) => envelope?.id));
  const places = new Set(messages.map(({ envelope, partition, offset }) => `${partition}/${offset} ${envelope?.id}`));
  const missing = acknowledged.filter(({ id }) => !ids.has(id));
  const elsewhere = acknowledged.filter(({ id, partition, offset }) => ids.has(id) && !places.has(`${partition}/${offset} ${id}`));
  return [
    ...told(missing, 'acknowledged events are not in the log'),
    ...told(elsewhere, 'acknowledged events are in the log, and not where their sender was told'),
  ];
}

function told(events: readonly Acknowledged[], what: string): string[] {
  const [first] = events;
  return first ? [`${events.length} ${what}, the first of them ${first.id} at ${first.partition}/${first.offset}`] : [];
}

function before(snapshot: Snapshot, logs: OpenedLogs, allowed: Allowed): string[] {
  const { passed, problems } = balance(snapshot, logs, allowed);
  const { differences } = compared(reckon(entriesOf(passed)), snapshot, allowed);
  return [...problems, ...differences].map((problem) => `${snapshot.schema} in between: ${problem}`);
}

/** Compares a generation with what it must hold, all but what was erased after it was folded. */
function compared(said: ReadonlyMap<string, LastSaid>, { schema, registers }: Snapshot, { erasedMeanwhile }: Allowed): Comparison {
  if (!erasedMeanwhile?.schemas.has(schema)) return compare(said, registers);
  const others = <Held>(all: ReadonlyMap<string, Held>) => new Map([...all].filter(([name]) => !erasedMeanwhile.mayHold(name)));
  return compare(others(said), others(registers));
}
